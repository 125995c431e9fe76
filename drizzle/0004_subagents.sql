ALTER TABLE `runs` ADD `spawned_by` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `spawned_call` text;--> statement-breakpoint
CREATE INDEX `runs_by_spawner` ON `runs` (`spawned_by`,`spawned_call`);