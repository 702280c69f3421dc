namespace Petrel.Program.Tests;

/// <summary>A machine for a cluster, as far as its network goes: a network namespace with one interface and a default route.</summary>
internal sealed class Machine : IAsyncDisposable
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private Machine(string name) => Name = name;

    public string Name { get; }

    /// <summary>The address that others would reach it by.</summary>
    public static string Address => "192.168.77.2";

    public static async Task<Machine> CreateAsync()
    {
        var machine = new Machine($"t{Guid.NewGuid():N}"[..10]);
        await HostAsync("ip", "netns", "add", machine.Name);
        await machine.IpAsync("link", "set", "lo", "up");
        await machine.IpAsync("link", "add", "eth0", "type", "veth", "peer", "name", "peer0");
        await machine.IpAsync("link", "set", "peer0", "up");
        await machine.IpAsync("addr", "add", Address + "/24", "dev", "eth0");
        await machine.IpAsync("link", "set", "eth0", "up");
        await machine.IpAsync("route", "add", "default", "via", "192.168.77.1");
        return machine;
    }

    /// <summary>A command as it is run on this machine.</summary>
    public IReadOnlyList<string> Command(params IReadOnlyList<string> command) => [$"--net=/run/netns/{Name}", .. command];

    public Task<CommandResult> RunAsync(string? input, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> command) =>
        RunningProcess.RunAsync(input, environment, "nsenter", Command(command));

    public async ValueTask DisposeAsync() => await HostAsync("ip", "netns", "del", Name);

    private Task IpAsync(params IReadOnlyList<string> arguments) => HostAsync("ip", ["-n", Name, .. arguments]);

    private static async Task HostAsync(string program, params IReadOnlyList<string> arguments) =>
        (await RunningProcess.RunAsync(null, NoEnvironment, program, arguments)).Succeeded();
}
