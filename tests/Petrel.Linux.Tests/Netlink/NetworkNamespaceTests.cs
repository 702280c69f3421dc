using Petrel.Linux.Netlink;
using Petrel.Linux.Processes;
using Xunit;

namespace Petrel.Linux.Tests.Netlink;

public sealed class NetworkNamespaceTests : IAsyncLifetime
{
    private readonly TemporaryNamespace _place = new();

    public Task InitializeAsync() => _place.CreateAsync();

    public Task DisposeAsync() => _place.RemoveAsync();

    [RootFact]
    public async Task A_program_started_inside_sees_only_what_is_there()
    {
        string inside = await new NetworkTool(_place.Namespace).RunCheckedAsync("ip", ["-o", "link"]);
        string outside = await new NetworkTool(NetworkNamespace.Current).RunCheckedAsync("ip", ["-o", "link"]);

        Assert.Single(inside.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.NotEqual(inside, outside);
    }

    [RootFact]
    public void The_callers_thread_stays_where_it_was()
    {
        string before = File.ResolveLinkTarget("/proc/thread-self/ns/net", false)!.Name;

        string inside = _place.Namespace.Run(() => File.ResolveLinkTarget("/proc/thread-self/ns/net", false)!.Name);

        Assert.NotEqual(before, inside);
        Assert.Equal(before, File.ResolveLinkTarget("/proc/thread-self/ns/net", false)!.Name);
    }

    [RootFact]
    public void An_exception_inside_reaches_the_caller() =>
        Assert.Throws<InvalidOperationException>(() => _place.Namespace.Run<int>(() => throw new InvalidOperationException()));

    [RootFact]
    public void A_file_that_is_no_namespace_is_refused()
    {
        SystemCallException exception = Assert.Throws<SystemCallException>(() => NetworkNamespace.At("/proc/self/ns/uts").Run(() => 0));

        Assert.StartsWith("enter the network namespace /proc/self/ns/uts", exception.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public async Task A_program_that_fails_says_so_with_its_command_line()
    {
        CommandException exception = await Assert.ThrowsAsync<CommandException>(
            () => new NetworkTool(_place.Namespace).RunCheckedAsync("ip", ["link", "show", "nowhere"]));

        Assert.Contains("ip link show nowhere", exception.Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", exception.Message, StringComparison.Ordinal);
    }
}
