using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Client.Tests;
using Petrel.Network.Services;
using Xunit;

namespace Petrel.Network.Tests.Services;

public sealed class ServiceSyncTests : IAsyncLifetime, IDisposable
{
    private static readonly ServiceName One = new("default", "one");
    private static readonly ServiceName Two = new("default", "two");
    private static readonly ServiceProxyOptions Options = new() { NodeName = "node" };

    private readonly ManualTime _time = new();
    private readonly RecordingMode _mode = new();
    private readonly Dictionary<ServiceName, ProxiedService> _services = [];
    private readonly CancellationTokenSource _stop = new();
    private ServiceSync _sync = null!;
    private Task _run = Task.CompletedTask;

    public Task InitializeAsync()
    {
        _sync = new ServiceSync(Options, _mode, name => _services.GetValueOrDefault(name), _time, NullLogger.Instance);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task The_first_sync_comes_at_once_even_without_services()
    {
        await StartAsync();

        Assert.True(_sync.FirstSync.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Changes_that_come_together_are_applied_together()
    {
        await StartAsync();
        Put(One);
        Put(Two);

        Synced synced = await NextAsync(Options.CoalesceTime);

        Assert.Equal([One, Two], synced.Changed.Order());
        Assert.Equal([One, Two], synced.Snapshot.Services.Keys.Order());
    }

    [Fact]
    public async Task A_service_that_is_gone_leaves_the_snapshot()
    {
        Put(One);
        await StartAsync();

        _services.Remove(One);
        _sync.Change(One);

        Assert.Empty((await NextAsync(Options.CoalesceTime)).Snapshot.Services);
    }

    [Fact]
    public async Task What_could_not_be_applied_is_tried_again_with_what_came_since()
    {
        await StartAsync();
        _mode.Failures = 1;
        Put(One);
        await NextAsync(Options.CoalesceTime);
        Put(Two);

        Synced again = await NextAsync(Options.RetryInterval);

        Assert.Equal([One, Two], again.Changed.Order());
    }

    [Fact]
    public async Task The_first_sync_is_complete_only_when_it_succeeded()
    {
        _mode.Failures = 1;
        await StartAsync();
        Assert.False(_sync.FirstSync.IsCompleted);

        await NextAsync(Options.RetryInterval);

        await _sync.FirstSync.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Rules_that_are_gone_are_put_back_and_present_ones_left_alone()
    {
        Put(One);
        await StartAsync();
        await AdvanceUntilAsync(() => _mode.Verifications >= 2);
        Assert.False(_mode.Syncs.Reader.TryPeek(out _));

        _mode.IsPresent = false;

        Synced synced = await NextAsync(Options.VerifyInterval);
        Assert.Empty(synced.Changed);
        Assert.Equal([One], synced.Snapshot.Services.Keys);
    }

    private void Put(ServiceName name)
    {
        _services[name] = new ProxiedService(name) { ClusterAddresses = [IPAddress.Loopback] };
        _sync.Change(name);
    }

    private async Task StartAsync()
    {
        _run = _sync.RunAsync(_stop.Token);
        await _mode.Syncs.Reader.ReadAsync();
    }

    /// <summary>Lets time pass until the next sync.</summary>
    private async Task<Synced> NextAsync(TimeSpan step)
    {
        ValueTask<bool> isNext = _mode.Syncs.Reader.WaitToReadAsync();
        Task<bool> next = isNext.AsTask();
        while (!next.IsCompleted)
        {
            _time.Advance(step);
            await Task.Yield();
        }

        return await _mode.Syncs.Reader.ReadAsync();
    }

    private async Task AdvanceUntilAsync(Func<bool> isReached)
    {
        while (!isReached())
        {
            _time.Advance(Options.VerifyInterval);
            await Task.Yield();
        }
    }

    private sealed record Synced(ServiceSnapshot Snapshot, IReadOnlySet<ServiceName> Changed);

    private sealed class RecordingMode : IServiceMode
    {
        private int _verifications;

        public Channel<Synced> Syncs { get; } = Channel.CreateUnbounded<Synced>();

        public int Failures { get; set; }

        public bool IsPresent { get; set; } = true;

        public int Verifications => Volatile.Read(ref _verifications);

        public Task SyncAsync(ServiceSnapshot snapshot, IReadOnlySet<ServiceName> changed, CancellationToken cancellationToken)
        {
            bool isFailure = Failures-- > 0;
            Syncs.Writer.TryWrite(new Synced(snapshot, changed));
            return isFailure ? Task.FromException(new ServiceModeException("refused", new IOException())) : Task.CompletedTask;
        }

        public Task<bool> VerifyAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _verifications);
            return Task.FromResult(IsPresent);
        }

        public Task RemoveAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
