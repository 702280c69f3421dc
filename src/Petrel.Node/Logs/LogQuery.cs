using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Petrel.Node.Logs;

/// <summary>PodLogOptions as the query of a kubelet's containerLogs path carries them.</summary>
/// <param name="Options">What to read.</param>
/// <param name="Previous">Read the container's instance before the current one.</param>
/// <param name="Refusal">Set when the query is invalid.</param>
public sealed record LogQuery(LogOptions Options, bool Previous, LogRefusal? Refusal)
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads and checks a query; <paramref name="now"/> is what sinceSeconds counts back from.</summary>
    public static LogQuery Parse(IQueryCollection query, DateTimeOffset now)
    {
        // "tail" is the name of old clients; its "all" is the default.
        var tail = query["tail"].ToString() is { Length: > 0 } old ? (old == "all" ? "" : old) : query["tailLines"].ToString();
        if (!TryNumber(tail, out var tailLines)
            || !TryNumber(query["limitBytes"].ToString(), out var limitBytes)
            || !TryNumber(query["sinceSeconds"].ToString(), out var sinceSeconds)
            || !TryTime(query["sinceTime"].ToString(), out var sinceTime))
        {
            return Refused(StatusCodes.Status400BadRequest, "Unable to decode query.");
        }

        if (tailLines < 0
            || limitBytes < 1
            || sinceSeconds < 1
            || (sinceSeconds is not null && sinceTime is not null)
            || ParseStream(query["stream"].ToString()) is not { } stream
            || (tailLines is not null && stream is not LogStream.All))
        {
            return Refused(StatusCodes.Status422UnprocessableEntity, "Invalid request.");
        }

        var options = new LogOptions
        {
            Follow = IsSet(query["follow"]),
            TailLines = tailLines,
            LimitBytes = limitBytes,
            Since = sinceSeconds is { } seconds ? Before(now, seconds) : sinceTime,
            Timestamps = IsSet(query["timestamps"]),
            Stream = stream,
        };
        return new LogQuery(options, IsSet(query["previous"]), null);
    }

    private static LogQuery Refused(int statusCode, string message) =>
        new(new LogOptions(), false, new LogRefusal(statusCode, $$"""{"message": "{{message}}"}"""));

    private static DateTimeOffset Before(DateTimeOffset now, long seconds) =>
        seconds < now.ToUnixTimeSeconds() ? now.AddSeconds(-seconds) : DateTimeOffset.UnixEpoch;

    private static LogStream? ParseStream(string text) => text switch
    {
        "" or "All" => LogStream.All,
        "Stdout" => LogStream.Stdout,
        "Stderr" => LogStream.Stderr,
        _ => null,
    };

    private static bool TryNumber(string text, out long? number)
    {
        var valid = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed);
        number = valid ? parsed : null;
        return valid || text.Length == 0;
    }

    private static bool TryTime(string text, out DateTimeOffset? time)
    {
        var valid = DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed);
        time = valid ? parsed : null;
        return valid || text.Length == 0;
    }

    /// <summary>Query conversion of upstream: everything that is there and not "false" or "0" is true, even nothing.</summary>
    private static bool IsSet(StringValues values) =>
        values.Count > 0 && values[0] is var text && text != "0" && !string.Equals(text, "false", StringComparison.OrdinalIgnoreCase);
}
