using System.Globalization;
using Petrel.Api.Json;

namespace Petrel.Api.Patch;

/// <summary>
/// Objects and arrays as JSON Patch addresses them: by name, or by an index that may be padded with zeros and, when negative, counts from
/// the end. The changes give null where the key does not fit.
/// </summary>
internal static class JsonContainer
{
    /// <summary>False when an array has no such item; a name that an object does not have is found as null.</summary>
    public static bool TryGet(JsonTree container, string key, out JsonTree? value)
    {
        value = null;
        switch (container)
        {
            case JsonMap map:
                value = map.Find(key);
                return true;
            case JsonList list when Index(key, list.Count) is { } index && index < list.Count:
                value = list[index];
                return true;
            default:
                return false;
        }
    }

    public static JsonTree? Add(JsonTree container, string key, JsonTree value) => container switch
    {
        JsonMap map => map.With(key, value),
        JsonList list when key == "-" => list.Add(value),

        // Counted from the end of the longer list: -1 appends.
        JsonList list when Index(key, list.Count + 1) is { } index && index <= list.Count => list.Insert(index, value),
        _ => null,
    };

    public static JsonTree? Replace(JsonTree container, string key, JsonTree value) => container switch
    {
        JsonMap map => map.With(key, value),
        JsonList list when Index(key, list.Count) is { } index && index < list.Count => list.SetItem(index, value),
        _ => null,
    };

    public static JsonTree? Remove(JsonTree container, string key) => container switch
    {
        JsonMap map when map.ContainsKey(key) => map.Without(key),
        JsonList list when Index(key, list.Count) is { } index && index < list.Count => list.RemoveAt(index),
        _ => null,
    };

    private static int? Index(string key, int count)
    {
        if (!int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            return null;
        }

        index += index < 0 ? count : 0;
        return index < 0 ? null : index;
    }
}
