namespace Petrel.Api.DynamicResources.V1Beta1;

/// <summary>Lists and maps in another version.</summary>
internal static class Lists
{
    /// <summary>No list stays no list.</summary>
    public static ApiList<TTo> Convert<TFrom, TTo>(ApiList<TFrom> list, Func<TFrom, TTo> convert) => list.IsNil ? default : [.. list.Select(convert)];

    /// <summary>No map stays no map.</summary>
    public static ApiMap<TTo> Convert<TFrom, TTo>(ApiMap<TFrom> map, Func<TFrom, TTo> convert) =>
        map.IsNil ? default : ApiMap.FromPairs(map.Keys.Select(key => KeyValuePair.Create(key, convert(map[key]))));
}
