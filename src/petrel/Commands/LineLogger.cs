using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Petrel.Program.Commands;

/// <summary>Writes log entries as lines: time, level, category and message.</summary>
internal sealed class LineLogger(TextWriter output, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() => output.Flush();

    private void Write(string category, LogLevel level, string message, Exception? exception)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {level} {category}: {message}");
        lock (_gate)
        {
            output.WriteLine(exception is null ? line : line + Environment.NewLine + exception);
            output.Flush();
        }
    }

    private sealed class Category(LineLogger owner, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Write(name, logLevel, formatter(state, exception), exception);
    }
}
