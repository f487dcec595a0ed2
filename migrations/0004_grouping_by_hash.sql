CREATE TABLE `grouping_operation` (
	`project_id` integer NOT NULL,
	`id` integer NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`user_id` integer,
	`data` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`project_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `issue_hash` ADD `since` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `issue_hash` ADD `count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `issue_hash` ADD `first_seen_at` integer;--> statement-breakpoint
ALTER TABLE `issue_hash` ADD `last_seen_at` integer;--> statement-breakpoint
ALTER TABLE `issue_hash` ADD `first_release` text;--> statement-breakpoint
ALTER TABLE `issue_hash` ADD `last_release` text;--> statement-breakpoint
ALTER TABLE `issue_hash` ADD `user_sketch` blob;--> statement-breakpoint
ALTER TABLE `issue` ADD `hashes` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `issue` ADD `merged_into` integer;--> statement-breakpoint
ALTER TABLE `issue` ADD `former_status` text;--> statement-breakpoint
CREATE INDEX `issue_merged` ON `issue` (`merged_into`) WHERE merged_into IS NOT NULL;--> statement-breakpoint
ALTER TABLE `issue_flush` ADD `attempt` text;--> statement-breakpoint
UPDATE `issue` SET `hashes` = (SELECT json_group_array(hash) FROM (SELECT hash FROM issue_hash WHERE issue_id = issue.id LIMIT 1000));--> statement-breakpoint
DROP INDEX `issue_hash_issue`;