using System.Globalization;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Audit;

/// <summary>What is known of one request for the audit log; filled in while the request is handled.</summary>
internal sealed class AuditEvent(AuditDecision decision, string id, RequestContext request, DateTimeOffset received)
{
    public string Id { get; } = id;

    public DateTimeOffset Received { get; } = received;

    public AuditDecision Decision { get; } = decision;

    public RequestInfo Info => request.Info;

    public IReadOnlyDictionary<string, string> Annotations => request.Annotations;

    /// <summary>Who makes the request, before he becomes somebody else; null for one who could not prove it.</summary>
    public UserInfo? User { get; init; }

    /// <summary>Whom the request asks to be.</summary>
    public UserInfo? ImpersonatedUser { get; set; }

    public required string RequestUri { get; init; }

    public required string UserAgent { get; init; }

    public required IReadOnlyList<string> SourceAddresses { get; init; }

    /// <summary>The object that the request is about, as far as the URL or the body names it.</summary>
    public (string Namespace, string Name, string Uid, string ResourceVersion) Object { get; private set; } = (request.Info.Namespace, request.Info.Name, "", "");

    public AuditStatus? Response { get; private set; }

    /// <summary>JSON; empty for none.</summary>
    public ReadOnlyMemory<byte> RequestObject { get; private set; }

    /// <inheritdoc cref="RequestObject"/>
    public ReadOnlyMemory<byte> ResponseObject { get; private set; }

    /// <summary>The head of the answer was recorded.</summary>
    public bool HasStarted { get; set; }

    /// <summary>The server failed unexpectedly.</summary>
    public bool HasPanicked { get; private set; }

    public bool WantsResponse => Decision.Level >= AuditLevel.RequestResponse && Info.IsResource;

    /// <summary>The request carries an object.</summary>
    public void LogRequest(ApiObject value)
    {
        var meta = value.Metadata;
        var (@namespace, name, uid, version) = Object;
        Object = (@namespace.Length > 0 ? @namespace : meta.Namespace, name.Length > 0 ? name : meta.Name, uid.Length > 0 ? uid : meta.Uid, version.Length > 0 ? version : meta.ResourceVersion);
        if (Decision.Level >= AuditLevel.Request)
        {
            RequestObject = JsonEncoding.Encode(Decision.OmitManagedFields ? value with { Metadata = meta with { ManagedFields = default } } : value);
        }
    }

    /// <summary>The request carries something else: options, or a patch.</summary>
    public void LogRequest(ReadOnlyMemory<byte> body)
    {
        if (Decision.Level >= AuditLevel.Request && JsonTree.TryParse(body.Span, out var tree, out _))
        {
            RequestObject = tree.ToUtf8();
        }
    }

    /// <summary>The answer is a Status.</summary>
    public void LogResponse(Status status) => Response = new AuditStatus(status.StatusValue, status.Message, status.Reason, status.Details, status.Code);

    /// <summary>The answer carries JSON; only where <see cref="WantsResponse"/>.</summary>
    public void LogResponse(ReadOnlySpan<byte> json) =>
        ResponseObject = Decision.OmitManagedFields && JsonTree.TryParse(json, out var tree, out _) ? WithoutManagedFields(tree).ToUtf8() : json.ToArray();

    /// <summary>The code of the answer, whatever it carries.</summary>
    public void LogCode(int code) => Response = (Response ?? new AuditStatus("", "", "", null, 0)) with { Code = code };

    public void LogFailure(string message) => Response = new AuditStatus("", message, "", null, 0);

    public void LogPanic(string message)
    {
        HasPanicked = true;
        Response = new AuditStatus("Failure", string.Create(CultureInfo.InvariantCulture, $"APIServer panic'd: {message}"), "InternalError", null, 500);
    }

    public void LogClosedEarly() => Response ??= new AuditStatus("Success", "Connection closed early", "", null, 200);

    /// <summary>An object, a list or a table without the managed fields of its objects.</summary>
    private static JsonTree WithoutManagedFields(JsonTree tree)
    {
        if (tree is not JsonMap map)
        {
            return tree;
        }

        if (map.FindMap("metadata") is { } metadata)
        {
            map = map.With("metadata", metadata.Without("managedFields"));
        }

        foreach (var (list, part) in new[] { ("items", ""), ("rows", "object") })
        {
            if (map.Find(list) is JsonList items)
            {
                map = map.With(list, JsonList.Create([.. items.Select(item => part.Length == 0 ? WithoutManagedFields(item)
                    : item is JsonMap row && row.Find(part) is { } value ? row.With(part, WithoutManagedFields(value)) : item)]));
            }
        }

        return map;
    }
}

/// <summary>How a request was answered.</summary>
/// <param name="Status">Success, Failure or empty.</param>
internal sealed record AuditStatus(string Status, string Message, string Reason, StatusDetails? Details, int Code);
