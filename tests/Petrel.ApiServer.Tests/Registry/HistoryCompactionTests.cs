using Microsoft.Extensions.Logging.Abstractions;
using Petrel.ApiServer.Registry;
using Petrel.Client.Tests;
using Petrel.Storage;
using Petrel.Storage.Backends.Embedded;
using Xunit;

namespace Petrel.ApiServer.Tests.Registry;

public sealed class HistoryCompactionTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly CompactionLog _store = new(EmbeddedStore.OpenInMemory());
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    [Fact]
    public async Task What_was_history_an_interval_ago_goes_and_what_happened_since_stays()
    {
        var first = await PutAsync();
        Start();
        var second = await PutAsync();
        await TickAsync(compactions: 1);
        Assert.Equal([first], _store.Compactions);
        await TickAsync(compactions: 2);
        Assert.Equal([first, second], _store.Compactions);
        Assert.Equal(second, (await _store.GetStatusAsync()).CompactedRevision);
    }

    [Fact]
    public async Task A_store_in_which_nothing_happens_is_left_alone()
    {
        var first = await PutAsync();
        Start();
        await TickAsync(compactions: 1);

        // One interval without a change, then one with: only the second compacts again.
        _time.Advance(HistoryCompaction.DefaultInterval);
        await _store.StatusReadsAsync(3);
        var second = await PutAsync();
        _time.Advance(HistoryCompaction.DefaultInterval);
        await _store.StatusReadsAsync(4);
        await TickAsync(compactions: 2);
        Assert.Equal([first, second], _store.Compactions);
    }

    [Fact]
    public async Task A_store_that_cannot_compact_now_is_asked_again()
    {
        _store.Refusals = 1;
        var first = await PutAsync();
        Start();
        await TickAsync(compactions: 1);
        await TickAsync(compactions: 2);
        Assert.Equal([first, first], _store.Compactions);
        Assert.Equal(first, (await _store.GetStatusAsync()).CompactedRevision);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        await _store.DisposeAsync();
    }

    private void Start() => _running = new HistoryCompaction(_store, HistoryCompaction.DefaultInterval, _time, NullLogger<HistoryCompaction>.Instance).RunAsync(_stop.Token);

    private async Task TickAsync(int compactions)
    {
        _time.Advance(HistoryCompaction.DefaultInterval);
        await _store.CompactionsAsync(compactions);

        // The revision for the next time is read after the compaction.
        await _store.StatusReadsAsync(compactions + 1);
    }

    private async Task<long> PutAsync() => (await _store.CommitAsync(Transaction.Put("/k", new byte[] { 1 }))).Revision;

    /// <summary>A store that notes its compactions and refuses some.</summary>
    private sealed class CompactionLog(IStore store) : IStore
    {
        private readonly Lock _lock = new();
        private readonly List<long> _compactions = [];
        private int _statusReads;

        public int Refusals { get; set; }

        public IReadOnlyList<long> Compactions
        {
            get
            {
                lock (_lock)
                {
                    return [.. _compactions];
                }
            }
        }

        public ILeases Leases => store.Leases;

        public Task CompactionsAsync(int count) => UntilAsync(() => Compactions.Count >= count);

        public Task StatusReadsAsync(int count) => UntilAsync(() => Volatile.Read(ref _statusReads) >= count);

        public ValueTask<StoreStatus> GetStatusAsync(CancellationToken cancellationToken = default)
        {
            var status = store.GetStatusAsync(cancellationToken);
            Interlocked.Increment(ref _statusReads);
            return status;
        }

        public ValueTask<RangeResult> RangeAsync(RangeRequest request, CancellationToken cancellationToken = default) => store.RangeAsync(request, cancellationToken);

        public ValueTask<TransactionResult> CommitAsync(Transaction transaction, CancellationToken cancellationToken = default) => store.CommitAsync(transaction, cancellationToken);

        public IWatch Watch(WatchRequest request) => store.Watch(request);

        public ValueTask<CompactionOutcome> CompactAsync(long revision, CancellationToken cancellationToken = default)
        {
            lock (_lock)
            {
                _compactions.Add(revision);
                if (Refusals-- > 0)
                {
                    throw new StoreUnavailableException("the disk is away");
                }
            }

            return store.CompactAsync(revision, cancellationToken);
        }

        public ValueTask DisposeAsync() => store.DisposeAsync();

        private static async Task UntilAsync(Func<bool> condition)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!condition())
            {
                deadline.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }
}
