CREATE INDEX `dead_letter_project` ON `dead_letter` (`project_id`,`pack_id`);--> statement-breakpoint
CREATE INDEX `member_user` ON `member` (`user_id`);