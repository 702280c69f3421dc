using Microsoft.Extensions.Logging;

namespace Petrel.Controllers.Tests.Cluster;

/// <summary>What components complained about, to explain a test that fails.</summary>
internal sealed class FailureLog : ILoggerFactory, ILogger
{
    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock)
        {
            _lines.Enqueue(formatter(state, exception) + " " + exception);
            if (_lines.Count > 30)
            {
                _lines.Dequeue();
            }
        }
    }

    public void Dispose()
    {
    }
}
