using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Responses;

/// <summary>Writes objects as a meta.k8s.io Table: what kubectl get prints.</summary>
internal static class TableWriter
{
    private static readonly IReadOnlyList<Column> DefaultColumns =
    [
        new("Name", "string", "name", "Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names"),
        new("Created At", "date", "", "CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata"),
    ];

    /// <summary>The includeObject parameter: None, Metadata (default) or Object.</summary>
    public static string IncludeObjectOf(HttpRequest request) => QueryValues.Text(request.Query, "includeObject") switch
    {
        "" => "Metadata",
        "None" or "Metadata" or "Object" => QueryValues.Text(request.Query, "includeObject"),
        var other => throw new StatusException(Statuses.BadRequest($"unrecognized includeObject value: \"{other}\"")),
    };

    /// <param name="resourceVersion">Of the list, or of the one object.</param>
    /// <param name="withColumns">False for the later events of a watch, which repeat no definitions.</param>
    public static byte[] Write(
        IReadOnlyList<Column> columns,
        ResponseFormat format,
        string resourceVersion,
        string continueToken,
        long? remaining,
        IEnumerable<ApiObject> items,
        string includeObject,
        DateTimeOffset now,
        bool withColumns = true)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, JsonEncoding.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "Table");
        writer.WriteString("apiVersion"u8, "meta.k8s.io/" + format.ProjectionVersion);
        ListAnswer.WriteMetadata(writer, long.Parse(resourceVersion, CultureInfo.InvariantCulture), continueToken, remaining);
        WriteColumns(writer, withColumns ? columns : null);
        writer.WriteStartArray("rows"u8);
        foreach (var item in items)
        {
            WriteRow(writer, item, includeObject, format.ProjectionVersion, now);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The columns of a kind; name and age for one that declares none.</summary>
    public static IReadOnlyList<Column> ColumnsOf(ResourceType type) => type.Info.Columns.Count > 0 ? type.Info.Columns : DefaultColumns;

    private static void WriteColumns(Utf8JsonWriter writer, IReadOnlyList<Column>? columns)
    {
        writer.WritePropertyName("columnDefinitions"u8);
        if (columns is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, column.Name);
            writer.WriteString("type"u8, column.Type);
            writer.WriteString("format"u8, column.Format);
            writer.WriteString("description"u8, column.Description);
            writer.WriteNumber("priority"u8, column.Priority);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter writer, ApiObject value, string includeObject, string version, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("cells"u8);
        foreach (var cell in CellsOf(value, now))
        {
            WriteCell(writer, cell);
        }

        writer.WriteEndArray();
        if (value is IHasCompletion { Completion: { } completion })
        {
            writer.WriteStartArray("conditions"u8);
            writer.WriteStartObject();
            writer.WriteString("type"u8, "Completed");
            writer.WriteString("status"u8, "True");
            writer.WriteString("reason"u8, completion.Reason);
            writer.WriteString("message"u8, completion.Message);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WritePropertyName("object"u8);
        switch (includeObject)
        {
            case "None":
                writer.WriteNullValue();
                break;
            case "Object":
                value.WriteJson(writer);
                break;
            default:
                PartialWriter.WriteObject(writer, value, version);
                break;
        }

        writer.WriteEndObject();
    }

    private static IReadOnlyList<object?> CellsOf(ApiObject value, DateTimeOffset now) => value is IPrintable printable
        ? printable.Cells(now)
        : [value.Metadata.Name, value.Metadata.CreationTimestamp is { } created ? ApiTime.Format(created) : "<unknown>"];

    private static void WriteCell(Utf8JsonWriter writer, object? cell)
    {
        switch (cell)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case IEnumerable<string> list:
                writer.WriteStartArray();
                foreach (var text in list)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"A table cell cannot be a {cell.GetType().Name}");
        }
    }
}
