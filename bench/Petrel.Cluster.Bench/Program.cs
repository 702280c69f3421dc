using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Petrel.Cluster.Bench;
using Petrel.Program.Tests;

// A cluster of one node from nothing to idle, as a user sees it. Takes about seven minutes, five of them idle.
//   bench/cluster [idle seconds]
var idle = TimeSpan.FromSeconds(args is [var seconds] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 300);
const string Pod = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"one"},"spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"c","image":"local/busybox:1","command":["sleep","1000000"]}]}}""";
var directory = Directory.CreateTempSubdirectory("petrel-bench-").FullName;
var launcher = Path.Combine(Repository.Root, "petrel");
var environment = new Dictionary<string, string> { ["KUBECONFIG"] = Path.Combine(directory, "admin.conf"), ["HOME"] = directory };
(await RunningProcess.RunAsync(null, environment, launcher, "--version")).Succeeded(); // builds

await using var machine = await Machine.CreateAsync();
try
{
    var up = await PetrelAsync("up");
    Report("API ready, new cluster", SecondsOf(up, "the API is ready"));
    Report("node Ready, new cluster", SecondsOf(up, "is ready \\("));
    var archive = Path.Combine(directory, "busybox.tar");
    TestImage.Write(archive);
    await PetrelAsync("images", "import", archive);

    Report("one pod, kubectl apply to Ready", await TimeAsync(async () =>
    {
        await KubectlAsync(Pod, "apply", "-f", "-");
        await KubectlAsync(null, "wait", "pod/one", "--for=condition=Ready", "--timeout=60s");
    }));
    Report("one pod, kubectl delete to gone", await TimeAsync(() => KubectlAsync(null, "delete", "pod/one")));
    Report("deployment of 30 pods, create to all Ready", await TimeAsync(async () =>
    {
        await KubectlAsync(null, "create", "deployment", "thirty", "--image=local/busybox:1", "--replicas=30", "--", "sleep", "1000000");
        await KubectlAsync(null, "rollout", "status", "deployment/thirty", "--timeout=180s");
    }));

    // What follows a rollout (events, compiled code, collected garbage) is not idling.
    await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System);
    var server = ServerUsage.Of(directory);
    var before = server.ProcessorTime();
    await Task.Delay(idle, TimeProvider.System);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"processor, idle with 30 pods",-44} {(server.ProcessorTime() - before) / idle * 100,10:0.00} % of a core"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"memory (resident), idle with 30 pods",-44} {server.ResidentBytes() / 1048576.0,10:0} MiB"));

    server.Kill();
    up = await PetrelAsync("up");
    Report("API ready, after kill -9 with 30 pods", SecondsOf(up, "the API is ready"));
}
finally
{
    await PetrelAsync("down", "--purge");
    if (Directory.Exists(directory))
    {
        Directory.Delete(directory, recursive: true);
    }
}

async Task<string> PetrelAsync(params string[] arguments) =>
    (await machine.RunAsync(null, environment, [launcher, .. arguments, "--name", machine.Name, "--data-dir", directory])).Succeeded();

async Task KubectlAsync(string? input, params string[] arguments) =>
    (await machine.RunAsync(input, environment, ["kubectl", .. arguments])).Succeeded();

static async Task<double> TimeAsync(Func<Task> run)
{
    var started = Stopwatch.GetTimestamp();
    await run();
    return Stopwatch.GetElapsedTime(started).TotalSeconds;
}

static double SecondsOf(string output, string line) =>
    double.Parse(Regex.Match(output, line + @"[^(]*\(?([\d.]+) s\)").Groups[1].Value, CultureInfo.InvariantCulture);

static void Report(string name, double seconds) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44} {seconds,10:0.00} s"));
