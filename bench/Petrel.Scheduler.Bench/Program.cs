using System.Globalization;
using Petrel.Scheduler.Bench;

// Usage: Petrel.Scheduler.Bench [nodes] [pods]. Prints how many pods a second the scheduler binds, through a real API server
// in this process that keeps its objects in memory.
var nodes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
var pods = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5000;

await BindBench.RunAsync("plain", nodes, pods, static pod => pod);
await BindBench.RunAsync("spread over zones", nodes, pods, Workloads.SpreadOverZones);
await BindBench.RunAsync("preferring other nodes", nodes, pods, Workloads.PreferringOtherNodes);
