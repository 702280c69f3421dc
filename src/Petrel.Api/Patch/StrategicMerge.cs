using Petrel.Api.Json;

namespace Petrel.Api.Patch;

/// <summary>
/// One run of a strategic merge. The first failure is kept and decides the outcome; what is computed after it does not count.
/// </summary>
internal sealed class StrategicMerge
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string ElementOrder = "$setElementOrder";
    private const string DeleteFromList = "$deleteFromPrimitiveList";

    private readonly StrategicLists _lists;

    public StrategicMerge() => _lists = new StrategicLists(this);

    public PatchFailure? Failure { get; private set; }

    public JsonMap MergeMap(JsonMap original, JsonMap patch, PatchSchema schema)
    {
        if (patch.Find(Directive) is { } directive)
        {
            return ReplaceMap(directive, patch);
        }

        (original, patch) = Retain(original, patch);
        (original, patch) = MergeOrderedLists(original, patch, schema);
        foreach (var (key, value) in patch)
        {
            original = MergeMember(original, key, value, schema);
        }

        return original;
    }

    /// <summary>Notes a failure.</summary>
    public void Fail(PatchFailure? failure) => Failure ??= failure;

    /// <summary>A value that comes in new: without directives, and without nulls, which have nothing to remove.</summary>
    public static JsonTree WithoutDirectives(JsonTree value)
    {
        switch (value)
        {
            case JsonMap map:
                var builder = new JsonMapBuilder(map.Count);
                foreach (var (key, item) in map)
                {
                    if (!item.IsNull && !IsDirective(key))
                    {
                        builder.Set(key, WithoutDirectives(item));
                    }
                }

                return builder.ToMap();
            case JsonList list:
                return JsonList.Create([.. list.Where(static item => (item as JsonMap)?.Find(Directive) is null).Select(WithoutDirectives)]);
            default:
                return value;
        }
    }

    private JsonMap ReplaceMap(JsonTree directive, JsonMap patch)
    {
        switch ((directive as JsonText)?.Value)
        {
            case "replace":
                return patch.Without(Directive);
            case "delete":
                return JsonMap.Empty;
            default:
                Fail(UnknownDirective(directive, patch));
                return patch;
        }
    }

    // $retainKeys lists the members that stay; the patch itself must not name others.
    private (JsonMap Original, JsonMap Patch) Retain(JsonMap original, JsonMap patch)
    {
        if (patch.Find(RetainKeys) is not { } retained)
        {
            return (original, patch);
        }

        patch = patch.Without(RetainKeys);
        var keys = (retained as JsonList)?.Select(static key => (key as JsonText)?.Value).ToHashSet(StringComparer.Ordinal);
        if (keys is null || patch.Any(member => !member.Value.IsNull && !IsListDirective(member.Key) && !keys.Contains(member.Key)))
        {
            Fail(PatchFailure.BadRequest("invalid patch format of retainKeys"));
            return (original, patch);
        }

        return (original.Keys.Where(key => !keys.Contains(key)).Aggregate(original, static (map, key) => map.Without(key)), patch);
    }

    // Lists with a given order are merged first and leave the patch.
    private (JsonMap Original, JsonMap Patch) MergeOrderedLists(JsonMap original, JsonMap patch, PatchSchema schema)
    {
        foreach (var (key, value) in patch)
        {
            if (!key.StartsWith(ElementOrder, StringComparison.Ordinal))
            {
                continue;
            }

            patch = patch.Without(key);
            if (!key.StartsWith(ElementOrder + "/", StringComparison.Ordinal))
            {
                Fail(PatchFailure.BadRequest("invalid patch format of setElementOrder list"));
                continue;
            }

            var name = key[(ElementOrder.Length + 1)..];
            original = MergeOrderedList(original, patch.Find(name), name, value, schema);
            patch = patch.Without(name);
        }

        return (original, patch);
    }

    private JsonMap MergeOrderedList(JsonMap original, JsonTree? patch, string name, JsonTree order, PatchSchema schema)
    {
        var current = original.Find(name);
        if (!IsList(order) || !IsList(current) || !IsList(patch))
        {
            return original;
        }

        var field = schema.Find(name, out var failure);
        Fail(failure);
        if (Failure is not null)
        {
            return original;
        }

        var merged = _lists.MergeOrdered(current as JsonList, patch as JsonList, (JsonList)order, field);
        return merged is null ? original : original.With(name, merged);
    }

    private bool IsList(JsonTree? value)
    {
        if (value is null or JsonList)
        {
            return true;
        }

        Fail(PatchFailure.Internal($"expected a []interface {{}}, but received a {GoText.Type(value)}"));
        return false;
    }

    private JsonMap MergeMember(JsonMap original, string key, JsonTree value, PatchSchema schema)
    {
        var isDelete = key.StartsWith(DeleteFromList, StringComparison.Ordinal);
        if (isDelete && !key.StartsWith(DeleteFromList + "/", StringComparison.Ordinal))
        {
            Fail(PatchFailure.BadRequest("invalid patch format of primitive list"));
            return original;
        }

        var name = isDelete ? key[(DeleteFromList.Length + 1)..] : key;
        if (value.IsNull)
        {
            return original.Without(name);
        }

        var merged = (original.Find(name), value) switch
        {
            (JsonMap current, JsonMap patch) => MergeMapMember(current, patch, name, schema),
            (JsonList current, JsonList patch) => MergeListMember(current, patch, name, isDelete, schema),
            var (current, _) => isDelete ? current : WithoutDirectives(value),
        };
        return merged is null ? original : original.With(name, merged);
    }

    private JsonMap MergeMapMember(JsonMap current, JsonMap patch, string name, PatchSchema schema)
    {
        var field = schema.Find(name, out var failure);
        Fail(failure);
        return failure is not null || field.Strategy == "replace" ? patch : MergeMap(current, patch, field.Schema);
    }

    private JsonList MergeListMember(JsonList current, JsonList patch, string name, bool isDelete, PatchSchema schema)
    {
        var field = schema.Find(name, out var failure);
        Fail(failure);
        if (failure is not null || (field.Strategy != "merge" && !isDelete))
        {
            return patch;
        }

        return _lists.Merge(current, patch, field, isDelete);
    }

    public static PatchFailure UnknownDirective(JsonTree directive, JsonMap patch)
    {
        var text = directive is JsonText value ? value.Value : $"%!s({GoText.Type(directive)}={GoText.Print(directive)})";
        return PatchFailure.Internal($"unknown patch type: {text} in map: {GoText.Print(patch)}");
    }

    private static bool IsListDirective(string key) =>
        key.StartsWith(ElementOrder, StringComparison.Ordinal) || key.StartsWith(DeleteFromList, StringComparison.Ordinal);

    private static bool IsDirective(string key) => key is Directive or RetainKeys || IsListDirective(key);
}
