using System.Text;

namespace Petrel.Api.Generators;

/// <summary>Writes the protobuf half of a generated record. Types whose fields have no numbers have no protobuf form.</summary>
internal static class ProtobufWriterSource
{
    public static void Write(StringBuilder source, TypeModel type)
    {
        if (type.Fields.Any(field => field.Number == 0))
        {
            WriteRefusal(source, type);
            return;
        }

        WriteReader(source, type);
        WriteWriter(source, type);
    }

    private static void WriteRefusal(StringBuilder source, TypeModel type)
    {
        var message = TypeWriter.Literal($"{type.SchemaName} has no protobuf form");
        source.Append($"    /// <inheritdoc/>\n    public static {type.Name} ReadProtobuf(ref ProtobufReader reader) => throw new ProtobufException({message});\n\n");
        source.Append($"    /// <inheritdoc/>\n    public {Override(type)}void WriteProtobuf(ProtobufWriter writer) => throw new ProtobufException({message});\n");
    }

    private static void WriteReader(StringBuilder source, TypeModel type)
    {
        source.Append($"    /// <inheritdoc/>\n    public static {type.Name} ReadProtobuf(ref ProtobufReader reader)\n    {{\n");
        foreach (var field in type.Fields)
        {
            var item = TypeWriter.Item(field);
            source.Append(field.Collection switch
            {
                "List" => $"        System.Collections.Generic.List<{item}>? {TypeWriter.Local(field)} = null;\n",
                "Map" => $"        System.Collections.Generic.Dictionary<string, {item}>? {TypeWriter.Local(field)} = null;\n",
                "MapOfLists" => $"        System.Collections.Generic.Dictionary<string, global::Petrel.Api.ApiList<{item}>>? {TypeWriter.Local(field)} = null;\n",
                _ => $"        {field.Type} {TypeWriter.Local(field)} = {TypeWriter.Initial(field)};\n",
            });
        }

        WriteLoop(source, "reader", type.Fields, 0, "        ");
        source.Append($"        return new {type.Name}\n        {{\n");
        foreach (var field in type.Fields)
        {
            var local = TypeWriter.Local(field);
            source.Append(field.Collection switch
            {
                "List" => $"            {field.Property} = {local} is null ? default : [.. {local}],\n",
                "Map" or "MapOfLists" => $"            {field.Property} = {local} is null ? default : global::Petrel.Api.ApiMap.FromPairs({local}),\n",
                _ => $"            {field.Property} = {local},\n",
            });
        }

        source.Append("        };\n    }\n\n");
    }

    // Number of the message that holds the field at this depth; 0 when the field itself stands there.
    private static int MessageAt(FieldModel field, int depth) => depth switch
    {
        0 => field.Inside,
        1 => field.InsideInner,
        _ => 0,
    };

    private static void WriteLoop(StringBuilder source, string reader, IEnumerable<FieldModel> all, int depth, string indent)
    {
        var fields = all.Where(field => MessageAt(field, depth) == 0);
        var groups = all.Where(field => MessageAt(field, depth) != 0).GroupBy(field => MessageAt(field, depth));
        source.Append($"{indent}while ({reader}.NextField() is var {reader}Field and not 0)\n{indent}{{\n{indent}    switch ({reader}Field)\n{indent}    {{\n");
        foreach (var field in fields)
        {
            var local = TypeWriter.Local(field);
            var item = TypeWriter.Item(field);
            var read = field.Collection switch
            {
                "List" => $"({local} ??= []).Add({field.Codec}.ReadProtobuf(ref {reader}))",
                "Map" => $"{reader}.ReadEntry<{item}, {field.Codec}>(ref {local})",
                "MapOfLists" => $"{reader}.ReadListEntry<{item}, {field.Codec}>(ref {local})",
                _ => $"{local} = {field.Codec}.ReadProtobuf(ref {reader})",
            };
            source.Append($"{indent}        case {field.Number}: {read}; break;\n");
        }

        foreach (var group in groups)
        {
            source.Append($"{indent}        case {group.Key}:\n{indent}        {{\n{indent}            var {reader}Inside{group.Key} = {reader}.ReadMessage();\n");
            WriteLoop(source, $"{reader}Inside{group.Key}", group, depth + 1, indent + "            ");
            source.Append($"{indent}            break;\n{indent}        }}\n");
        }

        source.Append($"{indent}        default: {reader}.Skip(); break;\n{indent}    }}\n{indent}}}\n\n");
    }

    private static void WriteWriter(StringBuilder source, TypeModel type)
    {
        source.Append($"    /// <inheritdoc/>\n    public {Override(type)}void WriteProtobuf(ProtobufWriter writer)\n    {{\n");
        WriteFields(source, type.Fields, 0, "");
        source.Append("    }\n");
    }

    // Messages are written backwards: the highest number first, and what is inside a message before its header.
    private static void WriteFields(StringBuilder source, IEnumerable<FieldModel> all, int depth, string place)
    {
        foreach (var group in all.GroupBy(field => MessageAt(field, depth) is var message and not 0 ? message : field.Number).OrderByDescending(group => group.Key))
        {
            if (MessageAt(group.First(), depth) == 0)
            {
                WriteField(source, group.First());
                continue;
            }

            var before = $"before{place}{group.Key}";
            source.Append($"        var {before} = writer.Length;\n");
            WriteFields(source, group, depth + 1, $"{place}{group.Key}In");
            source.Append($"        writer.EndMessage({group.Key}, {before});\n");
        }
    }

    private static void WriteField(StringBuilder source, FieldModel field)
    {
        var item = TypeWriter.Item(field);
        var isTime = field.Kind is "Time" or "MicroTime";
        var value = field is { Nullable: true, IsValueType: true } && !isTime ? field.Property + ".Value" : field.Property;
        var write = field.Collection switch
        {
            "List" => $"writer.WriteList<{item}, {field.Codec}>({field.Number}, {value})",
            "Map" => $"writer.WriteMap<{item}, {field.Codec}>({field.Number}, {value})",
            "MapOfLists" => $"writer.WriteMapOfLists<{item}, {field.Codec}>({field.Number}, {value})",
            _ => $"{field.Codec}.WriteProtobuf(writer, {field.Number}, {value})",
        };
        // Go writes non-pointer times as empty messages, byte fields only when set, other non-pointer scalars always.
        var condition = field switch
        {
            { Collection: not "None" } => null,
            { Nullable: true } when !(isTime && field.Always) => field.Property + " is not null",
            { Kind: "Bytes" } => field.Property + ".Length != 0",
            _ => null,
        };
        source.Append(condition is null ? $"        {write};\n" : $"        if ({condition})\n        {{\n            {write};\n        }}\n\n");
    }

    private static string Override(TypeModel type) => type.IsObject ? "override " : "";
}
