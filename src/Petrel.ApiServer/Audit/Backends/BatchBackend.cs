using System.Threading.Channels;

namespace Petrel.ApiServer.Audit.Backends;

/// <summary>Buffers records, so that no request waits for them, and hands them on in batches (mode batch). What does not fit in is lost.</summary>
internal sealed class BatchBackend : IAuditBackend
{
    /// <summary>Batches that are on their way at a time, where they need not be one after the other.</summary>
    private const int UnderwayMax = 16;

    private readonly IAuditBackend _backend;
    private readonly AuditBatchOptions _options;
    private readonly AuditMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Channel<AuditRecord> _buffer;
    private readonly SemaphoreSlim _underway;
    private readonly Task _running;
    private double _allowance;
    private long _allowedAt;

    /// <param name="isAsync">A batch need not wait for the one before.</param>
    public BatchBackend(IAuditBackend backend, AuditBatchOptions options, AuditMetrics metrics, TimeProvider time, bool isAsync)
    {
        (_backend, _options, _metrics, _time) = (backend, options, metrics, time);
        _buffer = Channel.CreateBounded<AuditRecord>(new BoundedChannelOptions(options.BufferSize) { SingleReader = true });
        _underway = new SemaphoreSlim(isAsync ? UnderwayMax : 1);
        (_allowance, _allowedAt) = (options.ThrottleBurst, time.GetTimestamp());
        _running = RunAsync(isAsync ? UnderwayMax : 1);
    }

    public ValueTask<bool> WriteAsync(IReadOnlyList<AuditRecord> records)
    {
        foreach (var record in records)
        {
            if (!_buffer.Writer.TryWrite(record))
            {
                _metrics.Lost("buffered", 1);
            }
        }

        return ValueTask.FromResult(true);
    }

    public async ValueTask DisposeAsync()
    {
        _buffer.Writer.TryComplete();
        _backend.End();
        await _running;
        await _backend.DisposeAsync();
        _underway.Dispose();
    }

    private async Task RunAsync(int underway)
    {
        await Task.Yield();
        while (await _buffer.Reader.WaitToReadAsync())
        {
            var batch = await CollectAsync();
            await ThrottleAsync();
            await _underway.WaitAsync();
            _ = SendAsync(batch);
        }

        // What is on its way arrives.
        for (var i = 0; i < underway; i++)
        {
            await _underway.WaitAsync();
        }
    }

    private async Task<List<AuditRecord>> CollectAsync()
    {
        var batch = new List<AuditRecord>();
        using var deadline = new CancellationTokenSource(_options.MaxBatchWait, _time);
        try
        {
            do
            {
                while (batch.Count < _options.MaxBatchSize && _buffer.Reader.TryRead(out var record))
                {
                    batch.Add(record);
                }
            }
            while (batch.Count < _options.MaxBatchSize && await _buffer.Reader.WaitToReadAsync(deadline.Token));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The batch goes out as it is.
        }

        return batch;
    }

    /// <summary>A bucket of batches that fills with time; while it is empty, records wait in the buffer.</summary>
    private async Task ThrottleAsync()
    {
        if (!_options.ThrottleEnable)
        {
            return;
        }

        Refill();
        while (_allowance < 1 && !_buffer.Reader.Completion.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromSeconds((1 - _allowance) / _options.ThrottleQps) + TimeSpan.FromMilliseconds(1), _time);
            Refill();
        }

        _allowance--;
    }

    private void Refill()
    {
        var now = _time.GetTimestamp();
        _allowance = Math.Min(_options.ThrottleBurst, _allowance + (_time.GetElapsedTime(_allowedAt, now).TotalSeconds * _options.ThrottleQps));
        _allowedAt = now;
    }

    private async Task SendAsync(List<AuditRecord> batch)
    {
        try
        {
            await _backend.WriteAsync(batch);
        }
        finally
        {
            _underway.Release();
        }
    }
}
