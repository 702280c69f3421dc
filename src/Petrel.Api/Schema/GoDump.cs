using System.Globalization;
using System.Text;
using System.Text.Json;
using Petrel.Api.Json;

namespace Petrel.Api.Schema;

/// <summary>
/// Prints a value as Go's deep printer shows the struct: every field with its type, also those that are not set. Upstream
/// hashes this text to name what it makes from templates (<c>pod-template-hash</c>), so names agree only when the text does,
/// to the byte. Go's names are known for what pod templates are made of (<see cref="GoNames"/>).
/// </summary>
public sealed class GoDump
{
    private const string Nil = "<nil>";

    // Go counts seconds from the year 1.
    private const long UnixEpochSeconds = 62135596800;

    private readonly StringBuilder _text = new(8192);

    private GoDump()
    {
    }

    public static string Of<T>(T value) where T : IApiType<T>
    {
        using var json = JsonDocument.Parse(JsonEncoding.Encode(value), new JsonDocumentOptions { MaxDepth = JsonEncoding.WriterOptions.MaxDepth });
        var dump = new GoDump();
        dump.Type(T.Schema.GoName);
        dump.Struct(T.Schema, json.RootElement);
        return dump._text.ToString();
    }

    private void Struct(TypeSchema schema, JsonElement? value)
    {
        _text.Append('{');
        var (embedded, isFirst) = (0, true);
        foreach (var field in schema.Fields)
        {
            if (embedded != 0 && field.Inside != embedded)
            {
                _text.Append('}');
            }

            // Go keeps these fields in a struct of their own, which JSON shows inline.
            if (field.Inside != embedded && field.Inside != 0)
            {
                Name(GoNames.Embedded(schema), isFirst);
                Type("v1." + GoNames.Embedded(schema));
                _text.Append('{');
                isFirst = true;
            }

            embedded = field.Inside;
            Name(GoNames.Field(schema, field), isFirst);
            isFirst = false;
            Field(schema, field, value is { } present && present.TryGetProperty(field.Name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null);
        }

        _text.Append(embedded == 0 ? "}" : "}}");
    }

    private void Field(TypeSchema schema, FieldSchema field, JsonElement? value)
    {
        var type = GoNames.Type(schema, field);
        switch (field.Collection)
        {
            case Collection.List:
                Type("[]" + type);
                List(field, value);
                break;
            case Collection.None when IsPointer(field):
                Type("*" + type);
                if (value is null)
                {
                    _text.Append(Nil);
                }
                else
                {
                    Value(field, value);
                }

                break;
            case Collection.None:
                Type(type);
                Value(field, value);
                break;
            default:
                Type(GoNames.MapType(field, type));
                Map(field, value);
                break;
        }
    }

    // Empty lists and maps do not survive the wire between server and controller: they are nil there.
    private void List(FieldSchema field, JsonElement? value)
    {
        if (value is not { } list || list.GetArrayLength() == 0)
        {
            _text.Append(Nil);
            return;
        }

        _text.Append('[');
        var isFirst = true;
        foreach (var item in list.EnumerateArray())
        {
            Separate(ref isFirst);
            Value(field, item);
        }

        _text.Append(']');
    }

    private void Map(FieldSchema field, JsonElement? value)
    {
        if (value is not { } map || !map.EnumerateObject().Any())
        {
            _text.Append(Nil);
            return;
        }

        _text.Append("map[");
        var isFirst = true;
        foreach (var entry in map.EnumerateObject().OrderBy(static entry => entry.Name, Utf8Order.Comparer))
        {
            Separate(ref isFirst);
            _text.Append(entry.Name).Append(':');
            Value(field, entry.Value);
        }

        _text.Append(']');
    }

    private void Value(FieldSchema field, JsonElement? value)
    {
        switch (field.Kind)
        {
            case FieldKind.Object:
                Struct(field.Element!, value);
                break;
            case FieldKind.Boolean:
                _text.Append(value?.GetRawText() ?? "false");
                break;
            case FieldKind.Int32 or FieldKind.Int64 or FieldKind.Double:
                _text.Append(value?.GetRawText() ?? "0");
                break;
            case FieldKind.Quantity:
                Amount(value?.GetString());
                break;
            case FieldKind.IntOrString:
                NumberOrText(value);
                break;
            case FieldKind.Time or FieldKind.MicroTime:
                Moment(value);
                break;
            case FieldKind.Raw:
                _text.Append(value?.GetRawText() ?? Nil);
                break;
            default:
                _text.Append(value?.GetString());
                break;
        }
    }

    private void Amount(string? text)
    {
        var quantity = text is null ? Quantity.Zero : Quantity.Parse(text);
        var (amount, written) = text is null ? ("0", "") : (quantity.Amount.Unscaled.ToString(CultureInfo.InvariantCulture), quantity.WrittenText);
        _text.Append("{i:(resource.int64Amount){value:(int64)").Append(amount)
            .Append(" scale:(resource.Scale)").Append(quantity.Amount.Scale.ToString(CultureInfo.InvariantCulture))
            .Append("} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)").Append(written)
            .Append(" Format:(resource.Format)").Append(text is null ? "" : quantity.Format.ToString()).Append('}');
    }

    private void NumberOrText(JsonElement? value)
    {
        var isText = value is { ValueKind: JsonValueKind.String };
        _text.Append("{Type:(intstr.Type)").Append(isText ? '1' : '0')
            .Append(" IntVal:(int32)").Append(isText ? "0" : value?.GetRawText() ?? "0")
            .Append(" StrVal:(string)").Append(isText ? value!.Value.GetString() : "").Append('}');
    }

    private void Moment(JsonElement? value)
    {
        var seconds = value is { } present ? present.GetDateTimeOffset().ToUnixTimeSeconds() + UnixEpochSeconds : 0;
        _text.Append("{Time:(time.Time){wall:(uint64)0 ext:(int64)").Append(seconds.ToString(CultureInfo.InvariantCulture)).Append(" loc:(*time.Location)<nil>}}");
    }

    private void Name(string name, bool isFirst)
    {
        Separate(ref isFirst);
        _text.Append(name).Append(':');
    }

    private void Type(string type) => _text.Append('(').Append(type).Append(')');

    private void Separate(ref bool isFirst)
    {
        _text.Append(isFirst ? "" : " ");
        isFirst = false;
    }

    // A creation time is a Go value, though it may be null in JSON.
    private static bool IsPointer(FieldSchema field) => field.Nullable && !(field.Kind is FieldKind.Time && field.Always);
}
