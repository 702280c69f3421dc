using Petrel.Api.Json;

namespace Petrel.Api.Patch;

/// <summary>
/// A JSON pointer (RFC 6901). What stands before the first slash is not looked at, so a pointer without a leading slash loses its first part.
/// </summary>
internal sealed class JsonPointer(string text)
{
    private readonly string[] _parts = [.. text.Split('/').Skip(1).Select(static part =>
        part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    /// <summary>True for the pointer to the whole document.</summary>
    public bool IsRoot => text.Length == 0;

    /// <summary>The name or index within the container; empty for the whole document.</summary>
    public string LastPart => _parts.Length == 0 ? "" : _parts[^1];

    public override string ToString() => text;

    /// <summary>What the last part names something of exists.</summary>
    public bool HasContainer(JsonTree document)
    {
        JsonTree? container = document;
        foreach (var part in _parts.AsSpan(0, Math.Max(0, _parts.Length - 1)))
        {
            if (container is null || !JsonContainer.TryGet(container, part, out container) || container is null)
            {
                return false;
            }
        }

        return container is JsonMap or JsonList;
    }

    /// <summary>False when the container of the value does not exist; a missing name in an object is found as null.</summary>
    public bool TryFind(JsonTree document, out JsonTree? value)
    {
        value = null;
        if (_parts.Length == 0)
        {
            return false;
        }

        var container = document;
        foreach (var part in _parts.AsSpan(0, _parts.Length - 1))
        {
            if (!JsonContainer.TryGet(container, part, out var next) || next is null)
            {
                return false;
            }

            container = next;
        }

        return JsonContainer.TryGet(container, _parts[^1], out value);
    }

    /// <summary>The document with the container of the pointer's last part changed; null when it does not exist or the change does not fit.</summary>
    public JsonTree? Change(JsonTree document, Func<JsonTree, string, JsonTree?, JsonTree?> change, JsonTree? value) =>
        _parts.Length == 0 ? null : Change(document, 0, change, value);

    private JsonTree? Change(JsonTree container, int depth, Func<JsonTree, string, JsonTree?, JsonTree?> change, JsonTree? value)
    {
        if (depth == _parts.Length - 1)
        {
            return change(container, _parts[depth], value);
        }

        if (!JsonContainer.TryGet(container, _parts[depth], out var inner) || inner is null)
        {
            return null;
        }

        var changed = Change(inner, depth + 1, change, value);
        return changed is null ? null : JsonContainer.Replace(container, _parts[depth], changed);
    }
}
