using System.Diagnostics.CodeAnalysis;
using Petrel.Api.Json;

namespace Petrel.Api.Patch;

/// <summary>One operation of a JSON Patch.</summary>
internal sealed record JsonPatchOperation(string Kind, JsonPointer Path, JsonPointer From, JsonTree Value)
{
    public static bool TryRead(JsonTree item, [NotNullWhen(true)] out JsonPatchOperation? operation, [NotNullWhen(false)] out PatchFailure? failure)
    {
        operation = null;
        failure = null;
        if (item is not (JsonMap or JsonNull))
        {
            failure = PatchBody.Mismatch(GoText.Kind(item), "value of type handlers.jsonPatchOp");
            return false;
        }

        var members = item as JsonMap ?? JsonMap.Empty;
        string[] texts = ["op", "path", "from"];
        foreach (var name in texts)
        {
            if (members.Find(name) is { } value and not (JsonText or JsonNull))
            {
                failure = PatchBody.Mismatch(GoText.Kind(value), $"struct field jsonPatchOp.{name} of type string");
                return false;
            }
        }

        operation = new(
            members.FindText("op") ?? string.Empty,
            new JsonPointer(members.FindText("path") ?? string.Empty),
            new JsonPointer(members.FindText("from") ?? string.Empty),
            members.Find("value") ?? JsonTree.Null);
        return true;
    }

    /// <summary>The changed document; null when the operation does not fit it.</summary>
    public JsonTree? Apply(JsonTree document, ref long copiedBytes)
    {
        switch (Kind)
        {
            case "add":
                return Path.Change(document, static (container, key, value) => JsonContainer.Add(container, key, value!), Value);
            case "remove":
                return Path.Change(document, static (container, key, _) => JsonContainer.Remove(container, key), null);
            case "replace":
                return Path.IsRoot ? Value : Path.Change(document, static (container, key, value) => JsonContainer.Replace(container, key, value!), Value);
            case "test":
                return Test(document);
            case "copy":
                return From.TryFind(document, out var copied) ? Copy(document, copied ?? JsonTree.Null, ref copiedBytes) : null;
            case "move":
                return Move(document);
            default:
                return null;
        }
    }

    /// <summary>Why the operation does not fit a document, in the words of upstream's library.</summary>
    public string DescribeFailure(JsonTree document)
    {
        const string missing = "missing value";
        return Kind switch
        {
            "add" or "remove" or "replace" when !Path.HasContainer(document) => $"{Kind} operation does not apply: doc is missing path: {GoQuoted(Path)}: {missing}",
            "replace" => $"replace operation does not apply: doc is missing key: {Path}: {missing}",
            "remove" => $"error in remove for path: '{Path}': Unable to remove nonexistent key: {Path.LastPart}: {missing}",
            "add" => $"error in add for path: '{Path}': Unable to access invalid index: {Path.LastPart}: invalid index referenced",
            "test" => $"testing value {Path} failed: test failed",
            "move" or "copy" when !From.HasContainer(document) => $"{Kind} operation does not apply: doc is missing from path: {From}: {missing}",
            "move" or "copy" when !From.TryFind(document, out _) => $"error in {Kind} for path: '{From}': {missing}",
            "move" or "copy" => $"{Kind} operation does not apply: doc is missing destination path: {Path}: {missing}",
            _ => $"Unexpected kind: {Kind}",
        };
    }

    private static string GoQuoted(JsonPointer pointer) => $"\"{pointer}\"";

    private JsonTree? Test(JsonTree document)
    {
        if (Path.IsRoot)
        {
            return document.Equals(Value) ? document : null;
        }

        // A name that does not exist passes a test for null.
        return Path.TryFind(document, out var found) && (found ?? JsonTree.Null).Equals(Value) ? document : null;
    }

    private JsonTree? Copy(JsonTree document, JsonTree value, ref long copiedBytes)
    {
        copiedBytes += value.ToUtf8().Length;
        return Path.Change(document, static (container, key, item) => JsonContainer.Add(container, key, item!), value);
    }

    private JsonTree? Move(JsonTree document)
    {
        if (!From.TryFind(document, out var moved))
        {
            return null;
        }

        var without = From.Change(document, static (container, key, _) => JsonContainer.Remove(container, key), null);
        return without is null ? null : Path.Change(without, static (container, key, value) => JsonContainer.Add(container, key, value!), moved);
    }
}
