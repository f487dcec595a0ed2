CREATE TABLE `dead_letter` (
	`pack_id` text PRIMARY KEY NOT NULL,
	`project_id` integer NOT NULL,
	`message` text NOT NULL,
	`failures` integer NOT NULL,
	`first_failed_at` integer NOT NULL,
	`last_failed_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `activity` (
	`id` integer PRIMARY KEY NOT NULL,
	`issue_id` integer NOT NULL,
	`type` text NOT NULL,
	`user_id` integer,
	`data` text DEFAULT '{}' NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `activity_issue` ON `activity` (`issue_id`);--> statement-breakpoint
CREATE TABLE `issue` (
	`id` integer PRIMARY KEY NOT NULL,
	`project_id` integer NOT NULL,
	`short_number` integer NOT NULL,
	`title` text NOT NULL,
	`culprit` text NOT NULL,
	`location` text,
	`logger` text,
	`level` text NOT NULL,
	`type` text NOT NULL,
	`platform` text NOT NULL,
	`metadata` text NOT NULL,
	`is_unhandled` integer NOT NULL,
	`status` text DEFAULT 'unresolved' NOT NULL,
	`substatus` text DEFAULT 'new',
	`status_details` text DEFAULT '{}' NOT NULL,
	`count` integer DEFAULT 0 NOT NULL,
	`user_count` integer DEFAULT 0 NOT NULL,
	`user_sketch` blob,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`first_release` text,
	`last_release` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `issue_short_number` ON `issue` (`project_id`,`short_number`);--> statement-breakpoint
CREATE INDEX `issue_last_seen` ON `issue` (`project_id`,`status`,`last_seen_at`);--> statement-breakpoint
CREATE TABLE `issue_flush` (
	`store` text PRIMARY KEY NOT NULL,
	`flush` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `issue_hash` (
	`project_id` integer NOT NULL,
	`hash` text NOT NULL,
	`issue_id` integer NOT NULL,
	PRIMARY KEY(`project_id`, `hash`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `member` (
	`organization_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`organization_id`, `user_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `organization` (
	`id` integer PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organization_slug_unique` ON `organization` (`slug`);--> statement-breakpoint
CREATE TABLE `team` (
	`id` integer PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `project` (
	`id` integer PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`team_id` integer,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`platform` text,
	`retention` text DEFAULT '90d' NOT NULL,
	`options` text DEFAULT '{}' NOT NULL,
	`first_event_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `project_slug` ON `project` (`organization_id`,`slug`);--> statement-breakpoint
CREATE TABLE `project_key` (
	`public_key` text PRIMARY KEY NOT NULL,
	`project_id` integer NOT NULL,
	`name` text NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`rate_limit_count` integer,
	`rate_limit_window_seconds` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `project_key_project` ON `project_key` (`project_id`);--> statement-breakpoint
CREATE TABLE `session` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`expires_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `token` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`organization_id` integer NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `user` (
	`id` integer PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_email_unique` ON `user` (`email`);