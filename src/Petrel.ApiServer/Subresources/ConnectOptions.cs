using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.Api.Resources;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Subresources;

/// <summary>
/// What a request to connect asks for (PodExecOptions and its siblings), as admission sees it. Such options come as a query
/// and have no metadata.
/// </summary>
internal sealed record ConnectOptions(string Kind, JsonMap Fields) : ApiObject
{
    public override GroupVersionKind GroupVersionKind => new("", "v1", Kind);

    public static ConnectOptions Exec(IQueryCollection query) => new("PodExecOptions", Container(query).With("command", Texts(query["command"])));

    public static ConnectOptions Attach(IQueryCollection query) => new("PodAttachOptions", Container(query));

    public static ConnectOptions PortForward(IQueryCollection query)
    {
        var ports = query["ports"].SelectMany(static value => (value ?? "").Split(','))
            .Select(static text => int.TryParse(text, out var port) ? (JsonTree)port : null)
            .OfType<JsonTree>()
            .ToList();
        return new("PodPortForwardOptions", ports.Count == 0 ? JsonMap.Empty : JsonMap.Empty.With("ports", JsonList.Create([.. ports])));
    }

    /// <param name="kind">Kind of what is asked: Pod, Service or Node.</param>
    /// <param name="path">What follows the subresource's name in the URL.</param>
    public static ConnectOptions Proxy(string kind, string path) =>
        new(kind + "ProxyOptions", path.TrimStart('/') is { Length: > 0 } rest ? JsonMap.Empty.With("path", rest) : JsonMap.Empty);

    public override void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteTypeMeta(writer);
        foreach (var (name, value) in Fields)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value.ToUtf8(), skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    public override void WriteProtobuf(ProtobufWriter writer) => throw new NotSupportedException("options of connections are never sent as protobuf");

    private static JsonMap Container(IQueryCollection query)
    {
        var fields = JsonMap.Empty;
        foreach (var name in new[] { "stdin", "stdout", "stderr", "tty" })
        {
            fields = QueryValues.Flag(query, name) ? fields.With(name, true) : fields;
        }

        return QueryValues.Text(query, "container") is { Length: > 0 } container ? fields.With("container", container) : fields;
    }

    private static JsonTree Texts(IEnumerable<string?> values) =>
        values.Select(static value => (JsonTree)(value ?? "")).ToArray() is { Length: > 0 } texts ? JsonList.Create(texts) : JsonTree.Null;
}
