using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Petrel.Api.Features;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Registry;
using Petrel.Client.Api;
using Petrel.Storage.Backends.Embedded;
using Xunit;

namespace Petrel.ApiServer.Tests.Registry;

/// <summary>
/// Every combination of resourceVersion, resourceVersionMatch, limit, continue and a selector, against what the documentation says of them
/// (kubernetes.io, "API Concepts: Resource versions").
/// </summary>
public sealed class ReadingSemanticsTests : IAsyncLifetime
{
    private const string Invalid = "invalid syntax";

    private static readonly string[] Names = ["a", "b", "c", "d"];
    private static readonly string?[] Matches = [null, "Exact", "NotOlderThan", "Sometimes"];
    private static readonly int[] Limits = [0, 2];

    private readonly EmbeddedStore _store = EmbeddedStore.OpenInMemory();
    private readonly Dictionary<string, string?> _versions = new() { ["unset"] = null, ["zero"] = "0", ["words"] = "x" };
    private readonly Dictionary<string, string?> _tokens = new() { ["none"] = null, ["malformed"] = "!" };
    private readonly List<string> _differences = [];
    private TestServer _server = null!;
    private long _current;

    private IApi Api => _server.Admin;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(store: _store);
        var revisions = new List<long>();
        foreach (var name in Names)
        {
            var half = name is "a" or "c" ? "one" : "two";
            var (code, made) = await Api.SendAsync("POST", Requests.ConfigMaps, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"half\":\"" + half + "\"}}}");
            Assert.Equal(201, code);
            revisions.Add(long.Parse(made.Text("metadata", "resourceVersion"), CultureInfo.InvariantCulture));
        }

        _current = revisions[3];
        await _store.CompactAsync(revisions[1]);
        _versions["old"] = Text(revisions[2]);
        _versions["current"] = Text(_current);
        _versions["future"] = Text(_current + 1000);
        _versions["compacted"] = Text(revisions[0]);
        _tokens["good"] = new ContinueToken(revisions[2], "b\0").Encode();
        _tokens["expired"] = new ContinueToken(revisions[0], "b\0").Encode();
        _tokens["inconsistent"] = new ContinueToken(-1, "b\0").Encode();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Lists_are_as_the_parameters_say()
    {
        foreach (var (version, match, limit, token, selector) in
            from version in _versions.Keys
            from match in Matches
            from limit in Limits
            from token in _tokens.Keys
            from selector in new[] { "", "half=one" }
            select (version, match, limit, token, selector))
        {
            var query = Query(("resourceVersion", _versions[version]), ("resourceVersionMatch", match), ("limit", limit == 0 ? null : Text(limit)), ("continue", _tokens[token]), ("labelSelector", selector.Length == 0 ? null : selector));
            var (code, body) = await Api.SendAsync("GET", Requests.ConfigMaps + query);
            var expected = ListOf(version, match, limit, token, selector);
            Compare($"list {version} {match} {limit} {token} {selector}", expected, Describe(code, body));
        }

        Assert.Empty(_differences);
    }

    [Fact]
    public async Task A_collection_is_deleted_where_it_can_be_listed()
    {
        foreach (var (version, match, token) in from version in _versions.Keys from match in Matches from token in _tokens.Keys select (version, match, token))
        {
            var query = Query(("resourceVersion", _versions[version]), ("resourceVersionMatch", match), ("continue", _tokens[token]), ("dryRun", "All"));
            var (code, body) = await Api.SendAsync("DELETE", Requests.ConfigMaps + query);
            Compare($"deletecollection {version} {match} {token}", ListOf(version, match, 0, token, ""), Describe(code, body));
        }

        Assert.Empty(_differences);
    }

    [Theory]
    [InlineData("unset", "200 a")]
    [InlineData("zero", "200 a")]
    [InlineData("old", "200 a")]
    [InlineData("compacted", "200 a")]
    [InlineData("future", "504 Timeout: Too large resource version")]
    [InlineData("words", "500 " + Invalid)]
    public async Task One_object_is_not_older_than_the_version(string version, string expected)
    {
        var (code, body) = await Api.SendAsync("GET", Requests.ConfigMaps + "/a" + Query(("resourceVersion", _versions[version])));
        Compare("get " + version, expected, code == 200 ? "200 " + body.Text("metadata", "name") : $"{code} {body.Text("message")}");
        Assert.Empty(_differences);
        if (version == "future")
        {
            Assert.Equal(("ResourceVersionTooLarge", "1"), (body["details"]!["causes"]![0]!.Text("reason"), body.Text("details", "retryAfterSeconds")));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watches_begin_where_the_parameters_say(bool hasWatchList)
    {
        if (hasWatchList)
        {
            await _server.DisposeAsync();
            _server = await TestServer.StartAsync(store: _store, serverOptions: new ApiServerOptions { Features = FeatureGates.Parse("WatchList=true") });
        }

        foreach (var (version, match, initial, bookmarks, token) in
            from version in _versions.Keys
            from match in Matches
            from initial in new[] { null, "true", "false" }
            from bookmarks in new[] { false, true }
            from token in new[] { "none", "malformed" }
            select (version, match, initial, bookmarks, token))
        {
            var query = Query(
                ("watch", "1"), ("resourceVersion", _versions[version]), ("resourceVersionMatch", match), ("sendInitialEvents", initial), ("allowWatchBookmarks", bookmarks ? "true" : null), ("continue", _tokens[token]));
            var expected = WatchOf(version, match, initial, bookmarks, token, hasWatchList);
            Compare($"watch {version} {match} {initial} {bookmarks} {token}", expected, await WatchAsync(query, expected));
        }

        Assert.Empty(_differences);
    }

    [Fact]
    public async Task A_token_of_an_expired_list_goes_on_at_the_latest_state()
    {
        var (code, expired) = await Api.SendAsync("GET", Requests.ConfigMaps + Query(("continue", _tokens["expired"]), ("limit", "1")));
        Assert.Equal((410, "Expired"), (code, expired.Text("reason")));
        var (_, page) = await Api.SendAsync("GET", Requests.ConfigMaps + Query(("continue", expired.Text("metadata", "continue")), ("limit", "1")));
        Assert.Equal(("c", Text(_current), "1"), (page["items"]![0]!.Text("metadata", "name"), page.Text("metadata", "resourceVersion"), page.Text("metadata", "remainingItemCount")));
        (_, page) = await Api.SendAsync("GET", Requests.ConfigMaps + Query(("continue", page.Text("metadata", "continue")), ("limit", "1")));
        Assert.Equal(("d", ""), (page["items"]![0]!.Text("metadata", "name"), page.Text("metadata", "continue")));
    }

    [Theory]
    [InlineData("/api/v1/namespaces/default/configmaps?fieldSelector=metadata.name=b", "b")]
    [InlineData("/api/v1/configmaps?fieldSelector=metadata.name=b", "b")]
    [InlineData("/api/v1/namespaces?fieldSelector=metadata.name=default", "default")]
    [InlineData("/api/v1/namespaces?fieldSelector=metadata.name=none", "")]
    public async Task A_name_selects_one_object(string path, string expected)
    {
        var (_, body) = await Api.SendAsync("GET", path);
        Assert.Equal(expected, string.Join(' ', NamesOf(body)));
    }

    [Fact]
    public async Task A_name_is_not_the_end_of_another()
    {
        foreach (var name in new[] { "x.b", "xb" })
        {
            await Api.SendAsync("POST", Requests.ConfigMaps, "{\"metadata\":{\"name\":\"" + name + "\"}}");
        }

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var path = "/api/v1/configmaps?fieldSelector=metadata.name=b";
        var (_, body) = await Api.SendAsync("GET", path);
        Assert.Equal(["b"], NamesOf(body));
        foreach (var name in new[] { "x.b", "b", "xb" })
        {
            await Api.SendAsync("PATCH", $"{Requests.ConfigMaps}/{name}", "{\"data\":{\"k\":\"v\"}}", "application/merge-patch+json");
            await Api.SendAsync("DELETE", $"{Requests.ConfigMaps}/{name}");
        }

        var seen = new List<string>();
        await foreach (var change in Api.WatchAsync(new ApiRequest("GET", $"{path}&watch=1&resourceVersion={body.Text("metadata", "resourceVersion")}"), timeout.Token))
        {
            seen.Add(change.Type + " " + JsonNode.Parse(change.Object.Span)!.Text("metadata", "name"));
            if (seen.Count == 2)
            {
                break;
            }
        }

        Assert.Equal(["MODIFIED b", "DELETED b"], seen);
    }

    [Theory]
    [InlineData("/api/v1/watch/namespaces/default/configmaps/b", "b")]
    [InlineData("/api/v1/watch/namespaces/default/configmaps/b?fieldSelector=metadata.name=b", "b")]
    [InlineData("/api/v1/watch/namespaces/default/configmaps", "a b c d")]
    [InlineData("/api/v1/watch/configmaps", "a b c d")]
    [InlineData("/api/v1/watch/namespaces/default", "default")]
    [InlineData("/api/v1/configmaps?watch=1&fieldSelector=metadata.name=b", "b")]
    public async Task Watches_have_their_old_paths(string path, string expected)
    {
        var count = expected.Split(' ').Length;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var names = new List<string>();
        await foreach (var change in Api.WatchAsync(new ApiRequest("GET", path), timeout.Token))
        {
            names.Add(JsonNode.Parse(change.Object.Span)!.Text("metadata", "name"));
            if (names.Count == count)
            {
                break;
            }
        }

        Assert.Equal(expected, string.Join(' ', names));
    }

    [Fact]
    public async Task The_old_path_of_one_object_takes_no_other_name()
    {
        var (code, body) = await Api.SendAsync("GET", "/api/v1/watch/namespaces/default/configmaps/b?fieldSelector=metadata.name=c");
        Assert.Equal((400, "fieldSelector metadata.name doesn't match requested name"), (code, body.Text("message")));
    }

    /// <summary>What a list is by upstream's rules: its code, the names and what follows, or the message.</summary>
    private string ListOf(string version, string? match, int limit, string token, string selector)
    {
        var refusals = new List<string>();
        if (match is not null)
        {
            AddIf(refusals, version == "unset", "resourceVersionMatch is forbidden unless resourceVersion is provided");
            AddIf(refusals, token != "none", "resourceVersionMatch is forbidden when continue is provided");
            AddIf(refusals, match == "Sometimes", "supported values: \"Exact\", \"NotOlderThan\", \"\"");
            AddIf(refusals, match == "Exact" && version == "zero", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }

        if (refusals.Count > 0)
        {
            return "422 " + string.Join(" & ", refusals);
        }

        var isHalf = selector.Length > 0;
        if (token != "none")
        {
            return token == "malformed" ? "400 invalid continue token: continue key is not valid"
                : version is not ("unset" or "zero") ? "400 specifying resource version is not allowed when using continue"
                : token == "expired" ? "410 The provided continue parameter is too old"
                : Page(token == "good" ? ["c"] : ["c", "d"], isHalf, limit);
        }

        var isExact = match == "Exact" || (match is null && limit > 0);
        return version switch
        {
            "words" => "400 invalid resource version: resourceVersion: Invalid value: \"x\"",
            "future" => isExact ? "500 etcdserver: mvcc: required revision is a future revision" : "504 Timeout: Too large resource version",
            "compacted" when isExact => "410 The resourceVersion for the provided list is too old.",
            "old" when isExact => Page(["a", "b", "c"], isHalf, limit),
            "zero" => Page(Names, isHalf, 0),
            _ => Page(Names, isHalf, limit),
        };
    }

    private static string Page(string[] names, bool isHalf, int limit)
    {
        var matching = names.Where(name => !isHalf || name is "a" or "c").ToList();
        if (limit == 0 || matching.Count < limit)
        {
            return $"200 {string.Join(' ', matching)} continue=False remaining=";
        }

        var rest = names.SkipWhile(name => name != matching[limit - 1]).Count() - 1;
        return $"200 {string.Join(' ', matching.Take(limit))} continue={rest > 0} remaining={(isHalf || rest == 0 ? "" : Text(rest))}";
    }

    private string WatchOf(string version, string? match, string? initial, bool bookmarks, string token, bool hasWatchList)
    {
        if (hasWatchList && initial is null && match is null && version is ("unset" or "zero"))
        {
            // With the feature, a watch that always began with the state asks for it.
            (initial, match) = ("true", "NotOlderThan");
        }

        var refusals = new List<string>();
        if (initial is not null)
        {
            AddIf(refusals, match != "NotOlderThan", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
            AddIf(refusals, !hasWatchList, "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled");
        }

        if (match is not null)
        {
            AddIf(refusals, initial is null, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
            AddIf(refusals, match != "NotOlderThan", "supported values: \"NotOlderThan\"");
            AddIf(refusals, token != "none", "resourceVersionMatch is forbidden when continue is provided");
        }

        if (refusals.Count > 0)
        {
            return "422 " + string.Join(" & ", refusals);
        }

        if (version == "words")
        {
            return "500 " + Invalid;
        }

        var end = initial == "true" && bookmarks ? " BOOKMARK:true" : "";
        if (initial == "true" || (initial is null && version is ("unset" or "zero")))
        {
            return version == "future" ? "200 ERROR:504" : "200 ADDED:a ADDED:b ADDED:c ADDED:d" + end;
        }

        return version switch
        {
            "old" => "200 ADDED:d",
            "compacted" => "200 ERROR:410",
            _ => "200",
        };
    }

    /// <summary>As many events as are expected, or the answer when it is an error.</summary>
    private async Task<string> WatchAsync(string query, string expected)
    {
        var wanted = expected.Split(' ').Length - 1;
        if (!expected.StartsWith("200", StringComparison.Ordinal))
        {
            var (code, body) = await Api.SendAsync("GET", Requests.ConfigMaps + query);
            return Describe(code, body);
        }

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var seen = new StringBuilder("200");
        if (wanted == 0)
        {
            // Nothing comes: the watch lasts until it is told to end.
            var (code, _) = await SilentAsync(query);
            return Text(code);
        }

        await foreach (var change in Api.WatchAsync(new ApiRequest("GET", Requests.ConfigMaps + query), timeout.Token))
        {
            var value = JsonNode.Parse(change.Object.Span)!;
            seen.Append(' ').Append(change.Type).Append(':').Append(change.Type switch
            {
                "ERROR" => value.Text("code"),
                "BOOKMARK" => value["metadata"]!["annotations"]?["k8s.io/initial-events-end"]?.ToString() ?? "",
                _ => value.Text("metadata", "name"),
            });
            if (--wanted == 0)
            {
                break;
            }
        }

        return seen.ToString();
    }

    private async Task<(int Code, string Body)> SilentAsync(string query)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        try
        {
            await foreach (var change in Api.WatchAsync(new ApiRequest("GET", Requests.ConfigMaps + query), soon.Token))
            {
                return (0, change.Type);
            }
        }
        catch (OperationCanceledException)
        {
            return (200, "");
        }

        return (0, "it ended");
    }

    private void Compare(string what, string expected, string actual)
    {
        // A refusal names all that is wrong; the words around it are the recordings' matter.
        var parts = expected.Split(" & ");
        var isSame = expected.StartsWith("200", StringComparison.Ordinal) ? expected == actual : actual.StartsWith(expected[..3], StringComparison.Ordinal) && parts.All(part => actual.Contains(part.StartsWith(expected[..3], StringComparison.Ordinal) ? part[4..] : part, StringComparison.Ordinal));
        if (!isSame)
        {
            _differences.Add($"{what}: expected {expected}, got {actual}");
        }
    }

    private static string Describe(int code, JsonNode body) => code == 200
        ? $"200 {string.Join(' ', NamesOf(body))} continue={body.Text("metadata", "continue").Length > 0} remaining={body.Text("metadata", "remainingItemCount")}"
        : $"{code} {body.Text("message")}";

    private static IEnumerable<string> NamesOf(JsonNode list) => list["items"]!.AsArray().Select(static item => item!.Text("metadata", "name"));

    private static void AddIf(List<string> refusals, bool holds, string refusal)
    {
        if (holds)
        {
            refusals.Add(refusal);
        }
    }

    private static string Query(params (string Name, string? Value)[] parameters) =>
        "?" + string.Join('&', parameters.Where(static each => each.Value is not null).Select(static each => $"{each.Name}={Uri.EscapeDataString(each.Value!)}"));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
