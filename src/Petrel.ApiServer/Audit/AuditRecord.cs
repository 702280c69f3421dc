using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Validation;
using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.Audit;

/// <summary>An event at one stage, as backends get it.</summary>
internal sealed class AuditRecord
{
    private const string Truncated = "audit.k8s.io/truncated";

    private AuditRecord(ReadOnlyMemory<byte> json, string line) => (Json, Line) = (json, line);

    /// <summary>The Event of audit.k8s.io/v1.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The line of the legacy format.</summary>
    public string Line { get; }

    private AuditRecord? Short { get; init; }

    public static AuditRecord Of(AuditEvent change, AuditStage stage, DateTimeOffset now)
    {
        var line = LineOf(change, stage);
        return new AuditRecord(Write(change, stage, now, isShort: false), line)
        {
            Short = change.RequestObject.IsEmpty && change.ResponseObject.IsEmpty ? null : new AuditRecord(Write(change, stage, now, isShort: true), line),
        };
    }

    /// <summary>The record if it is no longer than this, else without its objects if that is; null when it is not.</summary>
    public AuditRecord? Within(long bytes) => Json.Length <= bytes ? this : Short?.Within(bytes);

    private static ReadOnlyMemory<byte> Write(AuditEvent change, AuditStage stage, DateTimeOffset now, bool isShort)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, JsonEncoding.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "Event");
        writer.WriteString("apiVersion"u8, "audit.k8s.io/v1");
        writer.WriteString("level"u8, change.Decision.Level.ToString());
        writer.WriteString("auditID"u8, change.Id);
        writer.WriteString("stage"u8, stage.ToString());
        writer.WriteString("requestURI"u8, change.RequestUri);
        writer.WriteString("verb"u8, change.Info.Verb);
        WriteUser(writer, "user", change.User ?? new UserInfo(""));
        if (change.ImpersonatedUser is { } impersonated)
        {
            WriteUser(writer, "impersonatedUser", impersonated);
        }

        Texts(writer, "sourceIPs", change.SourceAddresses);
        Text(writer, "userAgent", change.UserAgent);
        if (change.Info.IsResource)
        {
            WriteObject(writer, change);
        }

        if (change.Response is { } response)
        {
            WriteStatus(writer, response);
        }

        Raw(writer, "requestObject", isShort ? default : change.RequestObject);
        Raw(writer, "responseObject", isShort ? default : change.ResponseObject);
        writer.WriteString("requestReceivedTimestamp"u8, Time(change.Received));
        writer.WriteString("stageTimestamp"u8, Time(now));
        WriteAnnotations(writer, change, isShort);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteUser(Utf8JsonWriter writer, string name, UserInfo user)
    {
        writer.WriteStartObject(name);
        Text(writer, "username", user.Name);
        Text(writer, "uid", user.Uid);
        Texts(writer, "groups", [.. user.Groups]);
        if (user.Extra.Count > 0)
        {
            writer.WriteStartObject("extra"u8);
            foreach (var (key, values) in user.Extra.OrderBy(static each => each.Key, StringComparer.Ordinal))
            {
                Texts(writer, key, [.. values]);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter writer, AuditEvent change)
    {
        var (@namespace, name, uid, version) = change.Object;
        writer.WriteStartObject("objectRef"u8);
        Text(writer, "resource", change.Info.Resource);
        Text(writer, "namespace", @namespace);
        Text(writer, "name", name);
        Text(writer, "uid", uid);
        Text(writer, "apiGroup", change.Info.Group);
        Text(writer, "apiVersion", change.Info.Version);
        Text(writer, "resourceVersion", version);
        Text(writer, "subresource", change.Info.Subresource);
        writer.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter writer, AuditStatus status)
    {
        writer.WriteStartObject("responseStatus"u8);
        writer.WriteStartObject("metadata"u8);
        writer.WriteEndObject();
        Text(writer, "status", status.Status);
        Text(writer, "message", status.Message);
        Text(writer, "reason", status.Reason);
        if (status.Details is { } details)
        {
            writer.WritePropertyName("details"u8);
            details.WriteJson(writer);
        }

        if (status.Code != 0)
        {
            writer.WriteNumber("code"u8, status.Code);
        }

        writer.WriteEndObject();
    }

    private static void WriteAnnotations(Utf8JsonWriter writer, AuditEvent change, bool isShort)
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in change.Annotations)
        {
            annotations[key] = value;
        }

        if (isShort)
        {
            annotations[Truncated] = "true";
        }

        if (annotations.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("annotations"u8);
        foreach (var (key, value) in annotations)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, string name, string text)
    {
        if (text.Length > 0)
        {
            writer.WriteString(name, text);
        }
    }

    private static void Texts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void Raw(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json)
    {
        if (!json.IsEmpty)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string LineOf(AuditEvent change, AuditStage stage)
    {
        var user = change.User?.Name is { Length: > 0 } name ? name : "<none>";
        var groups = change.User is { Name.Length: > 0, Groups.IsEmpty: false } ? Quoted(change.User) : "<none>";
        var (asUser, asGroups) = change.ImpersonatedUser is { } other ? (other.Name, other.Groups.IsEmpty ? "<lookup>" : Quoted(other)) : ("<self>", "<lookup>");
        var @namespace = change.Info.IsResource && change.Object.Namespace.Length > 0 ? change.Object.Namespace : "<none>";
        var response = change.Response is { } status ? status.Code.ToString(CultureInfo.InvariantCulture) : "<deferred>";
        var address = change.SourceAddresses.Count > 0 ? change.SourceAddresses[0] : "<unknown>";
        return $"{change.Received.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)} AUDIT: id={Q(change.Id)} stage={Q(stage.ToString())} ip={Q(address)} method={Q(change.Info.Verb)} user={Q(user)} groups={groups} as={Q(asUser)} asgroups={asGroups} user-agent={Q(change.UserAgent)} namespace={Q(@namespace)} uri={Q(change.RequestUri)} response=\"{response}\"";
    }

    private static string Quoted(UserInfo user) => string.Join(',', user.Groups.Select(Q));

    private static string Q(string text) => GoSyntax.Quote(text);
}
