using System.Globalization;
using System.Text;

namespace Petrel.Client.Api;

/// <summary>Query parameters of list and watch (meta/v1 ListOptions).</summary>
public sealed record ListOptions
{
    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    public string? ResourceVersion { get; init; }

    public string? ResourceVersionMatch { get; init; }

    /// <summary>Largest number of items per page; 0 for no limit.</summary>
    public long Limit { get; init; }

    public string? Continue { get; init; }

    public bool AllowWatchBookmarks { get; init; }

    /// <summary>The watch begins with the current state as ADDED events and a bookmark that ends them.</summary>
    public bool SendInitialEvents { get; init; }

    /// <summary>The server ends the watch after this many seconds; 0 leaves it to the server.</summary>
    public int TimeoutSeconds { get; init; }

    internal string ToQuery(bool watch)
    {
        var query = new StringBuilder();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        Add("watch", watch ? "true" : null);
        Add("labelSelector", LabelSelector);
        Add("fieldSelector", FieldSelector);
        Add("resourceVersion", ResourceVersion);
        Add("resourceVersionMatch", ResourceVersionMatch);
        Add("limit", Limit > 0 ? Limit.ToString(CultureInfo.InvariantCulture) : null);
        Add("continue", Continue);
        Add("allowWatchBookmarks", AllowWatchBookmarks ? "true" : null);
        Add("sendInitialEvents", SendInitialEvents ? "true" : null);
        Add("timeoutSeconds", TimeoutSeconds > 0 ? TimeoutSeconds.ToString(CultureInfo.InvariantCulture) : null);
        return query.ToString();
    }
}
