using System.Text;
using Microsoft.Extensions.Logging;

namespace Petrel.ApiServer.Audit.Backends;

/// <summary>Writes records down, one in a line: to a file that is begun anew when it is large, or to the standard output.</summary>
internal sealed partial class LogBackend : IAuditBackend
{
    public const string Name = "log";

    private readonly Lock _lock = new();
    private readonly Stream _output;
    private readonly bool _isJson;
    private readonly AuditMetrics _metrics;
    private readonly ILogger _logger;

    public LogBackend(Stream output, bool isJson, AuditMetrics metrics, ILogger logger) => (_output, _isJson, _metrics, _logger) = (output, isJson, metrics, logger);

    /// <exception cref="FormatException">The file cannot be written.</exception>
    public static LogBackend Open(AuditLogOptions options, AuditMetrics metrics, TimeProvider time, ILogger logger)
    {
        try
        {
            var output = options.Path == "-" ? Console.OpenStandardOutput() : new RotatingFile(options, time);
            return new LogBackend(output, options.Format == "json", metrics, logger);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"ensureLogFile: unable to open audit log file: {failed.Message}", failed);
        }
    }

    public ValueTask<bool> WriteAsync(IReadOnlyList<AuditRecord> records)
    {
        // A call writes whole lines, or fails as one.
        using var lines = new MemoryStream();
        foreach (var record in records)
        {
            lines.Write(_isJson ? record.Json.Span : Encoding.UTF8.GetBytes(record.Line));
            lines.Write("\n"u8);
        }

        try
        {
            lock (_lock)
            {
                _output.Write(lines.GetBuffer().AsSpan(0, (int)lines.Length));
                _output.Flush();
            }

            return ValueTask.FromResult(true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            _metrics.Lost(Name, records.Count);
            Log.Failed(_logger, records.Count, failed.Message);
            return ValueTask.FromResult(false);
        }
    }

    public ValueTask DisposeAsync() => _output.DisposeAsync();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Count} audit events could not be written down: {Problem}")]
        public static partial void Failed(ILogger logger, int count, string problem);
    }
}
