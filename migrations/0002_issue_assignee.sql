CREATE TABLE `former_slug` (
	`organization_id` integer NOT NULL,
	`slug` text NOT NULL,
	`project_id` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `slug`)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `issue` ADD `assignee` text;--> statement-breakpoint
ALTER TABLE `issue` ADD `priority` text;--> statement-breakpoint
CREATE INDEX `issue_hash_issue` ON `issue_hash` (`issue_id`);