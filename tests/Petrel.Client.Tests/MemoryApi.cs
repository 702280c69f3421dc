using System.Runtime.CompilerServices;
using System.Text;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.Client.Tests;

/// <summary>One resource kept in memory, with the rules of list, watch, create, update and patch that clients build on.</summary>
internal sealed class MemoryApi<T> : IApi where T : ApiObject, IResource<T>, IApiType<T>
{
    private readonly Lock _lock = new();
    private readonly List<(long Revision, string Type, T Value)> _history = [];
    private readonly Dictionary<ObjectKey, T> _objects = [];
    private readonly List<string> _requests = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _revision = 100;
    private long _compacted;

    /// <summary>Every request, as METHOD path?query.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Answers a request instead of the memory; null lets it pass. May throw, as a connection does.</summary>
    public Func<ApiRequest, ApiResponse?> Intercept { get; set; } = static _ => null;

    /// <summary>Watches that are open now.</summary>
    public int Watching { get; private set; }

    public T Put(T value)
    {
        lock (_lock)
        {
            var key = ObjectKey.Of(value);
            var type = _objects.ContainsKey(key) ? "MODIFIED" : "ADDED";
            return Append(type, value);
        }
    }

    public void Remove(T value)
    {
        lock (_lock)
        {
            Append("DELETED", value);
        }
    }

    /// <summary>Sends watchers the current revision without an object.</summary>
    public void Bookmark(T carrier)
    {
        lock (_lock)
        {
            Append("BOOKMARK", carrier);
        }
    }

    /// <summary>Forgets history: watches from before the current revision are answered 410.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _compacted = _revision;
            _history.Clear();
        }
    }

    /// <summary>Breaks the connections of all watches.</summary>
    public void Break()
    {
        lock (_lock)
        {
            _broken.SetResult();
            _broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _requests.Add(request.Method + " " + request.PathAndQuery);
            return Task.FromResult(Intercept(request) ?? Answer(request));
        }
    }

    public async IAsyncEnumerable<RawWatchEvent> WatchAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = long.Parse(Query(request, "resourceVersion"), System.Globalization.CultureInfo.InvariantCulture);
        Task broken;
        lock (_lock)
        {
            _requests.Add(request.Method + " " + request.PathAndQuery);
            if (Intercept(request) is { } answer)
            {
                TypedApi.ThrowIfError(answer);
                yield break;
            }

            if (from < _compacted)
            {
                TypedApi.ThrowIfError(Error(410, "Expired"));
            }

            broken = _broken.Task;
            Watching++;
        }

        try
        {
            while (true)
            {
                List<(long Revision, string Type, T Value)> batch;
                Task changed;
                lock (_lock)
                {
                    batch = [.. _history.Where(entry => entry.Revision > from)];
                    changed = _changed.Task;
                }

                foreach (var (revision, type, value) in batch)
                {
                    from = revision;
                    yield return new RawWatchEvent(type, JsonEncoding.Encode(value));
                }

                await Task.WhenAny(changed, broken).WaitAsync(cancellationToken);
                if (broken.IsCompleted)
                {
                    throw new HttpRequestException("connection reset");
                }
            }
        }
        finally
        {
            lock (_lock)
            {
                Watching--;
            }
        }
    }

    public static ApiResponse Error(int code, string reason) =>
        new(code, "application/json", JsonEncoding.Encode(new Status { Code = code, Reason = reason, Message = reason, StatusValue = "Failure" }));

    private ApiResponse Answer(ApiRequest request)
    {
        var name = request.PathAndQuery.Split('?')[0].Split('/').Last();
        if (request.Method == "GET" && name == T.Info.Resource)
        {
            return List(request);
        }

        var present = _objects.Values.FirstOrDefault(value => value.Metadata.Name == name);
        return request.Method switch
        {
            "GET" => present is null ? Error(404, "NotFound") : Ok(present),
            "POST" => Create(JsonDecoder.Decode<T>(request.Body.Span, new DecodeProblems())),
            "PUT" => Update(present, JsonDecoder.Decode<T>(request.Body.Span, new DecodeProblems())),
            "PATCH" => present is null ? Error(404, "NotFound") : Ok(Append("MODIFIED", Merge(present, request.Body))),
            _ => Error(405, "MethodNotAllowed"),
        };
    }

    private ApiResponse Create(T value) => _objects.ContainsKey(ObjectKey.Of(value)) ? Error(409, "AlreadyExists") : Ok(Append("ADDED", value));

    private ApiResponse Update(T? present, T value)
    {
        if (present is null)
        {
            return Error(404, "NotFound");
        }

        return present.Metadata.ResourceVersion != value.Metadata.ResourceVersion ? Error(409, "Conflict") : Ok(Append("MODIFIED", value));
    }

    private ApiResponse List(ApiRequest request)
    {
        var limit = int.Parse("0" + Query(request, "limit"), System.Globalization.CultureInfo.InvariantCulture);
        var start = int.Parse("0" + Query(request, "continue"), System.Globalization.CultureInfo.InvariantCulture);
        var sorted = _objects.Values.OrderBy(static value => ObjectKey.Of(value).ToString(), StringComparer.Ordinal).ToList();
        var end = limit == 0 ? sorted.Count : Math.Min(sorted.Count, start + limit);
        var items = string.Join(",", sorted[start..end].Select(static value => Encoding.UTF8.GetString(JsonEncoding.Encode(value))));
        var next = end < sorted.Count ? $",\"continue\":\"{end}\"" : "";
        return new ApiResponse(200, "application/json", Encoding.UTF8.GetBytes($$"""{"metadata":{"resourceVersion":"{{_revision}}"{{next}}},"items":[{{items}}]}"""));
    }

    private T Append(string type, T value)
    {
        _revision++;
        var stored = value with { Metadata = value.Metadata with { ResourceVersion = _revision.ToString(System.Globalization.CultureInfo.InvariantCulture) } };
        if (type == "DELETED")
        {
            _objects.Remove(ObjectKey.Of(value));
        }
        else if (type != "BOOKMARK")
        {
            _objects[ObjectKey.Of(value)] = stored;
        }

        _history.Add((_revision, type, stored));
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
        return stored;
    }

    private static T Merge(T present, ReadOnlyMemory<byte> patch)
    {
        var tree = System.Text.Json.Nodes.JsonNode.Parse(JsonEncoding.Encode(present))!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(patch.Span)!.AsObject())
        {
            tree[name] = value?.DeepClone();
        }

        return JsonDecoder.Decode<T>(Encoding.UTF8.GetBytes(tree.ToJsonString()), new DecodeProblems());
    }

    private static ApiResponse Ok(T value) => new(200, "application/json", JsonEncoding.Encode(value));

    private static string Query(ApiRequest request, string name) =>
        System.Web.HttpUtility.ParseQueryString(request.PathAndQuery.Split('?').Skip(1).FirstOrDefault() ?? "")[name] ?? "";
}
