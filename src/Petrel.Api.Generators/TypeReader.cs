using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Petrel.Api.Generators;

/// <summary>Reads a record's declaration into a <see cref="TypeModel"/>.</summary>
internal static class TypeReader
{
    public static TypeModel Read(INamedTypeSymbol symbol, AttributeData apiType)
    {
        var isObject = symbol.BaseType?.Name == "ApiObject";
        var fields = new List<FieldModel>();
        if (isObject)
        {
            fields.AddRange(Fields(symbol.BaseType!));
            fields[0].Required = apiType.NamedArguments.Any(argument => argument is { Key: "RequiresMetadata", Value.Value: true });
        }

        fields.AddRange(Fields(symbol));
        bool Lacks(string contract, string member) => symbol.Interfaces.Any(candidate => candidate.Name == contract) && symbol.GetMembers(member).IsEmpty;
        object? Argument(string name) => apiType.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
        string? Named(string name) => Argument(name) as string;
        return new TypeModel(
            symbol.ContainingNamespace.ToDisplayString(),
            symbol.Name,
            (string)apiType.ConstructorArguments[0].Value!,
            Named("MapType"),
            Named("Kind"),
            Named("ApiVersion"),
            Summary(symbol),
            isObject,
            Lacks("IHasStatus", "WithStatusOf"),
            Lacks("IHasGeneration", "SpecEquals"),
            TypeExtras(isObject, Named("Kind"), Named("ApiVersion"), Argument("InEveryVersion") is true, Named("Discriminator")),
            fields);
    }

    private static string TypeExtras(bool isObject, string? kind, string? apiVersion, bool isInEveryVersion, string? discriminator)
    {
        string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
        var extras = new List<string>();
        if (isObject)
        {
            extras.Add("KindSource = static () => Empty.GroupVersionKind");
        }
        else if (kind is not null)
        {
            extras.Add($"KindSource = static () => global::Petrel.Api.Resources.GroupVersionKind.FromApiVersion({Literal(apiVersion ?? "v1")}, {Literal(kind)})");
        }

        if (isInEveryVersion)
        {
            extras.Add("IsInEveryVersion = true");
        }

        if (discriminator is not null)
        {
            extras.Add("Discriminator = " + Literal(discriminator));
        }

        return extras.Count == 0 ? "" : " { " + string.Join(", ", extras) + " }";
    }

    private static IEnumerable<FieldModel> Fields(INamedTypeSymbol symbol)
    {
        foreach (var property in symbol.GetMembers().OfType<IPropertySymbol>())
        {
            var attribute = property.GetAttributes().FirstOrDefault(candidate => candidate.AttributeClass?.Name == "FieldAttribute");
            if (attribute is not null)
            {
                yield return Field(property, attribute);
            }
        }
    }

    private static FieldModel Field(IPropertySymbol property, AttributeData attribute)
    {
        var named = attribute.NamedArguments.ToDictionary(argument => argument.Key, argument => argument.Value);
        bool Flag(string name) => named.TryGetValue(name, out var value) && value.Value is true;
        string? Text(string name) => named.TryGetValue(name, out var value) ? value.Value as string : null;

        var field = new FieldModel
        {
            Property = property.Name,
            Type = property.Type.ToDisplayString(NullableFullyQualified),
            Number = (int)attribute.ConstructorArguments[0].Value!,
            Json = Text("Json") ?? char.ToLowerInvariant(property.Name[0]) + property.Name.Substring(1),
            Required = Flag("Required"),
            Always = Flag("Always"),
            Inside = named.TryGetValue("Inside", out var inside) ? (int)inside.Value! : 0,
            InsideInner = named.TryGetValue("InsideInner", out var inner) ? (int)inner.Value! : 0,
            Description = Summary(property),
        };
        Classify(field, property.Type, Flag("Micro"));
        field.Codec = Flag("Bare") ? $"global::Petrel.Api.Codecs.BareCodec<{field.ValueType}>" : field.Codec;
        field.Extras = Extras(Text, named);
        return field;
    }

    private static void Classify(FieldModel field, ITypeSymbol type, bool micro)
    {
        if (type is INamedTypeSymbol { Name: "ApiList" } list)
        {
            field.Collection = "List";
            type = list.TypeArguments[0];
        }
        else if (type is INamedTypeSymbol { Name: "ApiMap" } map)
        {
            field.Collection = "Map";
            type = map.TypeArguments[0];
            if (type is INamedTypeSymbol { Name: "ApiList" } inner)
            {
                field.Collection = "MapOfLists";
                type = inner.TypeArguments[0];
            }
        }
        else if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            field.Nullable = true;
            type = nullable.TypeArguments[0];
        }
        else if (type.NullableAnnotation == NullableAnnotation.Annotated)
        {
            field.Nullable = true;
        }

        // A map's values may be nullable themselves (times): their codec then has them so, too.
        var valueType = type;
        if (field.Collection == "Map" && type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullableValue)
        {
            type = nullableValue.TypeArguments[0];
        }

        field.IsValueType = type.IsValueType;
        field.ValueType = valueType.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(NullableFullyQualified);
        field.Kind = type.SpecialType switch
        {
            SpecialType.System_String => "String",
            SpecialType.System_Boolean => "Boolean",
            SpecialType.System_Int32 => "Int32",
            SpecialType.System_Int64 => "Int64",
            SpecialType.System_Double => "Double",
            _ => type.Name switch
            {
                "Binary" => "Bytes",
                "DateTimeOffset" => micro ? "MicroTime" : "Time",
                "Quantity" => "Quantity",
                "IntOrString" => "IntOrString",
                "RawJson" or "JsonTree" => "Raw",
                _ when HasJsonForm(type) => "Raw",
                _ => "Object",
            },
        };
        field.Codec = "global::Petrel.Api.Codecs." + (field.Kind switch
        {
            "Bytes" => "BinaryCodec",
            "Object" => $"ObjectCodec<{field.ValueType}>",
            "Raw" when HasJsonForm(type) => $"ObjectCodec<{field.ValueType}>",
            "Raw" when type.Name == "JsonTree" => "JsonTreeCodec",
            _ => field.Kind + "Codec",
        });
    }

    // API types have one, too, but theirs is that of their fields.
    private static bool HasJsonForm(ITypeSymbol type) =>
        type.AllInterfaces.Any(candidate => candidate.Name == "IJsonValue") && !type.AllInterfaces.Any(candidate => candidate is { Name: "IApiType", IsGenericType: true });

    private static string Extras(System.Func<string, string?> text, Dictionary<string, TypedConstant> named)
    {
        var source = new StringBuilder();
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                source.Append(", ").Append(name).Append(" = ").Append(value);
            }
        }

        string? Quoted(string name) => text(name) is { } value ? SymbolDisplay.FormatLiteral(value, quote: true) : null;
        string? Split(string name) => text(name) is { } value
            ? "[" + string.Join(", ", value.Split(',').Select(part => SymbolDisplay.FormatLiteral(part.Trim(), quote: true))) + "]"
            : null;

        Add("Default", Quoted("Default"));
        Add("Definition", Quoted("Definition"));
        Add("ListType", Quoted("ListType"));
        Add("MapType", Quoted("MapType"));
        Add("MapKeys", Split("MapKeys"));
        Add("PatchStrategy", Split("PatchStrategy"));
        Add("PatchMergeKey", Quoted("PatchMergeKey"));
        if (named.TryGetValue("Enum", out var values) && !values.IsNull)
        {
            Add("Enum", "[" + string.Join(", ", values.Values.Select(value => SymbolDisplay.FormatLiteral((string)value.Value!, quote: true))) + "]");
        }

        return source.ToString();
    }

    private static string Summary(ISymbol symbol)
    {
        var xml = symbol.GetDocumentationCommentXml() ?? "";
        var summary = Regex.Match(xml, "<summary>(.*?)</summary>", RegexOptions.Singleline).Groups[1].Value;
        summary = Regex.Replace(summary, "<see cref=\"[^\"]*?([A-Za-z0-9_]+)\"\\s*/>", "$1");
        summary = Regex.Replace(summary, "<[^>]*>", "");
        return Regex.Replace(summary, "\\s+", " ").Trim().Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");
    }

    private static readonly SymbolDisplayFormat NullableFullyQualified =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);
}
