using Petrel.Linux.Netlink;

namespace Petrel.Linux.Tests.Netlink;

/// <summary>A network namespace for one test.</summary>
internal sealed class TemporaryNamespace
{
    private static readonly NetworkTool Tool = new(NetworkNamespace.Current);
    private static int s_count;

    private readonly string _name = $"petrel-linux-test-{System.Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";

    public NetworkNamespace Namespace => NetworkNamespace.At($"/run/netns/{_name}");

    public Task CreateAsync() => Tool.RunCheckedAsync("ip", ["netns", "add", _name]);

    public Task RemoveAsync() => Tool.RunCheckedAsync("ip", ["netns", "delete", _name]);
}
