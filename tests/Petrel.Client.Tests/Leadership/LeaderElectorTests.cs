using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Coordination;
using Petrel.Client.Api;
using Petrel.Client.Leadership;
using Xunit;

namespace Petrel.Client.Tests.Leadership;

public sealed class LeaderElectorTests
{
    private readonly MemoryApi<Lease> _api = new();
    private readonly ManualTime _time = new(DateTimeOffset.Parse("2024-05-01T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task The_first_candidate_leads_and_gives_the_lease_up_at_the_end()
    {
        using var stop = new CancellationTokenSource();
        var (running, leading) = Run("one", stop.Token);
        await leading.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var lease = await _api.GetAsync<Lease>("kube-system", "controllers", CancellationToken.None);
        Assert.Equal(("one", 15, 0), (lease.Spec.HolderIdentity, lease.Spec.LeaseDurationSeconds, lease.Spec.LeaseTransitions));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        lease = await _api.GetAsync<Lease>("kube-system", "controllers", CancellationToken.None);
        Assert.Equal(("", 1), (lease.Spec.HolderIdentity, lease.Spec.LeaseDurationSeconds));
    }

    [Fact]
    public async Task A_second_candidate_takes_over_only_when_the_lease_has_run_out()
    {
        var record = new LeaseRecord(_api, Options("dead"), _time);
        Assert.True(await record.TryAcquireOrRenewAsync(CancellationToken.None));
        var other = new LeaseRecord(_api, Options("two"), _time);
        Assert.False(await other.TryAcquireOrRenewAsync(CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.False(await other.TryAcquireOrRenewAsync(CancellationToken.None));
        Assert.Equal("dead", other.Holder);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await other.TryAcquireOrRenewAsync(CancellationToken.None));
        var lease = await _api.GetAsync<Lease>("kube-system", "controllers", CancellationToken.None);
        Assert.Equal(("two", 1), (lease.Spec.HolderIdentity, lease.Spec.LeaseTransitions));
        Assert.False(await record.TryAcquireOrRenewAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_renewed_lease_is_not_taken()
    {
        var record = new LeaseRecord(_api, Options("one"), _time);
        var other = new LeaseRecord(_api, Options("two"), _time);
        await record.TryAcquireOrRenewAsync(CancellationToken.None);
        for (var i = 0; i < 5; i++)
        {
            Assert.False(await other.TryAcquireOrRenewAsync(CancellationToken.None));
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.True(await record.TryAcquireOrRenewAsync(CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_leader_that_cannot_renew_stops_leading()
    {
        var (running, leading) = Run("one", CancellationToken.None);
        await leading.Task.WaitAsync(TimeSpan.FromSeconds(60));
        _api.Intercept = static _ => throw new HttpRequestException("away");
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return running.IsCompleted;
        });
        await running;
    }

    private (Task Running, TaskCompletionSource Leading) Run(string identity, CancellationToken cancellationToken)
    {
        var leading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var elector = new LeaderElector(_api, Options(identity), _time, NullLogger<LeaderElector>.Instance);
        var running = elector.RunAsync(
            async stop =>
            {
                leading.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, stop);
            },
            cancellationToken);
        return (running, leading);
    }

    private static LeaderElectionOptions Options(string identity) => new("kube-system", "controllers", identity);
}
