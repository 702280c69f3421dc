using Petrel.Api.Json;

namespace Petrel.ApiServer.OpenApi.Remote;

/// <summary>Makes an OpenAPI 3.0 document of a 2.0 one, for servers that write no other.</summary>
internal static class SwaggerConversion
{
    private const string DefinitionPath = "#/definitions/";
    private const string ParameterPath = "#/parameters/";

    public static JsonMap ToV3(SwaggerDocument document, string title, string version) => JsonMap.Create(
        ("openapi", "3.0.0"),
        ("info", JsonMap.Create(("title", title), ("version", version))),
        ("paths", Each(document.Paths, path => PathOf(path, document))),
        ("components", JsonMap.Create(("schemas", Each(document.Definitions, Schema)))));

    private static JsonTree PathOf(JsonTree path, SwaggerDocument document) => path is not JsonMap map ? path : JsonMap.Create([.. Entries(map).Select(entry => KeyValuePair.Create(
        entry.Key,
        entry.Key == "parameters" ? ParametersOf(map, document) : entry.Value is JsonMap operation ? OperationOf(operation, document) : entry.Value))]);

    private static JsonMap OperationOf(JsonMap operation, SwaggerDocument document)
    {
        var body = Resolved(operation, document).FirstOrDefault(static parameter => parameter.FindText("in") == "body");
        var converted = operation.Without("consumes").Without("produces").Without("schemes");
        if (operation.ContainsKey("parameters"))
        {
            converted = converted.With("parameters", ParametersOf(operation, document));
        }

        if (body is not null)
        {
            var content = JsonMap.Create(("content", ContentOf(body, Texts(operation, "consumes"))));
            converted = converted.With("requestBody", body.Find("required") is { } required ? content.With("required", required) : content);
        }

        return operation.FindMap("responses") is not { } responses ? converted : converted.With("responses", Each(responses, response =>
            response is JsonMap map && map.ContainsKey("schema") ? map.Without("schema").With("content", ContentOf(map, Texts(operation, "produces"))) : response));
    }

    private static JsonMap ContentOf(JsonMap owner, IEnumerable<string> mediaTypes)
    {
        var types = mediaTypes.DefaultIfEmpty("*/*");
        var content = JsonMap.Create(("schema", Schema(owner.FindMap("schema") ?? JsonMap.Empty)));
        return JsonMap.Create([.. types.Select(type => KeyValuePair.Create<string, JsonTree>(type, content))]);
    }

    private static JsonList ParametersOf(JsonMap owner, SwaggerDocument document) =>
        JsonList.Create([.. Resolved(owner, document).Where(static parameter => parameter.FindText("in") != "body").Select(ParameterOf)]);

    private static JsonTree ParameterOf(JsonMap parameter)
    {
        string[] ownNames = ["name", "in", "description", "required"];
        return JsonMap.Create([
            .. Entries(parameter).Where(entry => ownNames.Contains(entry.Key)),
            KeyValuePair.Create<string, JsonTree>("schema", JsonMap.Create([.. Entries(parameter).Where(entry => !ownNames.Contains(entry.Key))])),
        ]);
    }

    private static IEnumerable<JsonMap> Resolved(JsonMap owner, SwaggerDocument document) => (owner.Find("parameters") as JsonList ?? []).OfType<JsonMap>()
        .Select(parameter => parameter.FindText("$ref") is { } reference && reference.StartsWith(ParameterPath, StringComparison.Ordinal)
            ? document.Parameters.FindMap(reference[ParameterPath.Length..]) ?? parameter
            : parameter);

    private static JsonTree Schema(JsonTree tree)
    {
        if (tree is JsonList list)
        {
            return JsonList.Create([.. list.Select(Schema)]);
        }

        if (tree is not JsonMap map)
        {
            return tree;
        }

        var converted = Each(map, Schema);
        return map.FindText("$ref") is { } reference && reference.StartsWith(DefinitionPath, StringComparison.Ordinal)
            ? converted.With("$ref", "#/components/schemas/" + reference[DefinitionPath.Length..])
            : converted;
    }

    private static IEnumerable<string> Texts(JsonMap owner, string name) => (owner.Find(name) as JsonList ?? []).OfType<JsonText>().Select(static text => text.Value);

    private static JsonMap Each(JsonMap map, Func<JsonTree, JsonTree> convert) =>
        JsonMap.Create([.. Entries(map).Select(entry => KeyValuePair.Create(entry.Key, convert(entry.Value)))]);

    private static IEnumerable<KeyValuePair<string, JsonTree>> Entries(JsonMap map) => map;
}
