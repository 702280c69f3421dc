using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>
/// FieldsV1, the JSON form of a field set: an object per level whose names are steps; <c>.</c> stands for the level itself, and an empty
/// object for a step that is in the set and goes no further.
/// </summary>
internal static class FieldsV1Format
{
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out FieldSet? set)
    {
        set = null;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonTree.MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !TryReadLevel(ref reader, out var root, out _))
            {
                return false;
            }

            set = root ?? FieldSet.Empty;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static RawJson Write(FieldSet set)
    {
        var output = new ArrayBufferWriter<byte>(512);
        WriteLevel(set, isMember: false, output);
        return RawJson.FromCompact(output.WrittenSpan.ToArray());
    }

    // A step with an empty object, or with a dot in it, is in the set.
    private static bool TryReadLevel(ref Utf8JsonReader reader, out FieldSet? level, out bool isMember)
    {
        level = null;
        isMember = true;
        var hasSelf = false;
        var builder = new FieldSetBuilder();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isMember = false;
            var name = NameCache.Get(ref reader);
            reader.Read();
            if (name == ".")
            {
                hasSelf = true;
                reader.Skip();
                continue;
            }

            if (FieldElement.Normalize(name) is not { } element || reader.TokenType != JsonTokenType.StartObject
                || !TryReadLevel(ref reader, out var children, out var childIsMember))
            {
                return false;
            }

            builder.Add(element, childIsMember, children);
        }

        isMember |= hasSelf;
        level = builder.ToSet();
        return true;
    }

    private static void WriteLevel(FieldSet? set, bool isMember, ArrayBufferWriter<byte> output)
    {
        output.Write("{"u8);
        if (set is not null)
        {
            output.Write(isMember ? "\".\":{}"u8 : ""u8);
            var needsComma = isMember;
            foreach (var entry in set.Entries)
            {
                output.Write(needsComma ? ","u8 : ""u8);
                needsComma = true;
                JsonTreeWriter.WriteText(entry.Element, output);
                output.Write(":"u8);
                WriteLevel(entry.Children, entry.IsMember, output);
            }
        }

        output.Write("}"u8);
    }
}
