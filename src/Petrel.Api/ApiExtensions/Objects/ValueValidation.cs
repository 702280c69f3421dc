using System.Globalization;
using Petrel.Api.Json;
using Petrel.Api.Validation;
using Petrel.Cel.Libraries;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>
/// Checks values against a schema, in the order and words of upstream's validator (go-openapi). With an old value, what is as
/// it was is not checked again, as far as the schema tells which part of the old value a part corresponds to (KEP-4008).
/// </summary>
internal static class ValueValidation
{
    // Beyond it neighbouring whole numbers are the same real number: no quotient counts as whole.
    private const double SafeInteger = (1L << 53) - 1;
    private const double RelativeError = 1e-9;

    /// <summary>Upstream prints errors that belong to no one field so.</summary>
    private static readonly FieldPath Nowhere = FieldPath.Root.Child("<nil>");

    /// <summary>Checks a whole object, or a part of one that is validated by itself.</summary>
    /// <param name="old">The value that it replaces; null when there is none.</param>
    /// <param name="at">Where the value is. Fields of errors begin there, while their messages begin at the value.</param>
    public static void Validate(JsonTree value, JsonTree? old, StructuralSchema schema, FieldPath at, FieldErrors errors)
    {
        var (found, start) = (Check(value, old, schema, "").Errors, at.ToString());
        errors.Add(found.Errors.Select(error => start.Length == 0 ? error : error with { Field = error.Field == Nowhere.ToString() ? start : $"{start}.{error.Field}" }));
    }

    private static ValueCheck Check(JsonTree value, JsonTree? old, StructuralSchema schema, string path)
    {
        var check = new ValueCheck();
        if (old is not null && old.Equals(value))
        {
            return check;
        }

        var source = schema.Source;
        CheckType(value, source, path, check);
        if (value.IsNull)
        {
            CheckEnum(value, source, path, check);
            return check;
        }

        CheckCombinations(value, old, schema, path, check);
        switch (value)
        {
            case JsonText text:
                CheckText(text.Value, source, path, check);
                CheckFormat(text.Value, source, path, check);
                break;
            case JsonNumber number:
                CheckNumber(number, source, path, check);
                break;
            case JsonList list:
                CheckList(list, old as JsonList, schema, path, check);
                break;
            default:
                break;
        }

        CheckEnum(value, source, path, check);
        if (value is JsonMap map)
        {
            CheckMap(map, old as JsonMap, schema, path, check);
        }

        check.Count();
        return check;
    }

    private static void CheckType(JsonTree value, JSONSchemaProps source, string path, ValueCheck check)
    {
        string[] types = source.XIntOrString ? ["integer", "string"] : source.Type.Length > 0 ? [source.Type] : [];
        var format = ValueFormats.IsKnown(source.Format) ? source.Format : "";
        if (types.Length == 0 && format.Length == 0)
        {
            return;
        }

        if (value.IsNull)
        {
            if (types.Length > 0 && !source.Nullable)
            {
                AddType(check, path, string.Join(',', types), "null");
            }

            return;
        }

        var (type, typeFormat) = TypeOf(value);
        var isWhole = type == "number" && types.Contains("integer") && IsWhole(value);
        var isNumber = type == "integer" && types.Contains("number");

        // A format stands for the type of what is neither text nor list, and lists with a format pass as they are.
        var isTextOrList = value is JsonText or JsonList;
        if (!isTextOrList && format.Length > 0 && !types.Contains(type) && !isWhole && !isNumber)
        {
            AddType(check, path, format, typeFormat);
        }
        else if ((!isTextOrList || format.Length == 0 || types.Contains("number") || types.Contains("integer")) && !types.Contains(type) && !isWhole && !isNumber)
        {
            AddType(check, path, string.Join(',', types), type);
        }
        else
        {
            check.Count();
        }
    }

    private static bool IsWhole(JsonTree value) => value is JsonNumber number && Math.Truncate(number.Real).Equals(number.Real) && Math.Abs(number.Real) < 9007199254740992;

    private static (string Type, string Format) TypeOf(JsonTree value) => value switch
    {
        JsonMap => ("object", ""),
        JsonList => ("array", ""),
        JsonText => ("string", ""),
        JsonBoolean => ("boolean", ""),
        JsonNumber { IsInteger: true } => ("integer", "int64"),
        _ => ("number", "double"),
    };

    private static void AddType(ValueCheck check, string path, string wanted, string found) =>
        check.Errors.TypeInvalid(At(path), found, $"{path} in body must be of type {wanted}: {FieldErrors.Quote(found)}");

    private static void CheckCombinations(JsonTree value, JsonTree? old, StructuralSchema schema, string path, ValueCheck check)
    {
        var source = schema.Source;
        if (source.AnyOf.Count > 0)
        {
            CheckAnyOf([.. source.AnyOf.Select(each => Check(value, old, schema.Alternative(each), path))], path, check);
        }

        if (source.OneOf.Count > 0)
        {
            CheckOneOf([.. source.OneOf.Select(each => Check(value, old, schema.Alternative(each), path))], path, check);
        }

        if (source.AllOf.Count > 0)
        {
            var results = source.AllOf.Select(each => Check(value, old, schema.Alternative(each), path)).ToList();
            results.ForEach(check.Merge);
            var valid = results.Count(static result => result.IsValid);
            if (valid < results.Count)
            {
                AddPlain(check, $"\"{path}\" must validate all the schemas (allOf){(valid == 0 ? ". None validated" : "")}");
            }
        }

        if (source.Not is { } not && Check(value, old, schema.Alternative(not), path).IsValid)
        {
            AddPlain(check, $"\"{path}\" must not validate the schema (not)");
        }

        check.Count();
    }

    private static void CheckAnyOf(IReadOnlyList<ValueCheck> results, string path, ValueCheck check)
    {
        if (results.Any(static result => result.IsValid))
        {
            return;
        }

        AddPlain(check, $"\"{path}\" must validate at least one schema (anyOf)");
        check.Merge(results.MaxBy(static result => result.Matches)!);
    }

    private static void CheckOneOf(IReadOnlyList<ValueCheck> results, string path, ValueCheck check)
    {
        var valid = results.Where(static result => result.IsValid).ToList();
        if (valid.Count == 1)
        {
            check.Merge(valid[0]);
            return;
        }

        var found = valid.Count == 0 ? "Found none valid" : string.Create(CultureInfo.InvariantCulture, $"Found {valid.Count} valid alternatives");
        AddPlain(check, $"\"{path}\" must validate one and only one schema (oneOf). {found}");
        if (valid.Count == 0)
        {
            check.Merge(results.MaxBy(static result => result.Matches)!);
        }
    }

    private static void AddPlain(ValueCheck check, string text) => check.Errors.Invalid(Nowhere, "", text);

    // The first rule that is violated is the only one that is told.
    private static void CheckText(string text, JSONSchemaProps source, string path, ValueCheck check)
    {
        var length = text.EnumerateRunes().Count();
        if (source.MaxLength is { } max && length > max)
        {
            check.Errors.TooLong(At(path), (int)Math.Clamp(max, 0, int.MaxValue));
        }
        else if (source.MinLength is { } min && length < min)
        {
            check.Errors.Invalid(At(path), text, string.Create(CultureInfo.InvariantCulture, $"{path} in body should be at least {min} chars long"));
        }
        else if (source.Pattern.Length > 0 && RegexCache.Get(source.Pattern).Regex?.IsMatch(text) != true)
        {
            check.Errors.Invalid(At(path), text, $"{path} in body should match '{source.Pattern}'");
        }
        else
        {
            check.Count();
        }
    }

    private static void CheckFormat(string text, JSONSchemaProps source, string path, ValueCheck check)
    {
        if (!ValueFormats.IsKnown(source.Format))
        {
            return;
        }

        if (ValueFormats.Matches(source.Format, text))
        {
            check.Count();
        }
        else
        {
            check.Errors.TypeInvalid(At(path), text, $"{path} in body must be of type {source.Format}: {FieldErrors.Quote(text)}");
        }
    }

    private static void CheckNumber(JsonNumber number, JSONSchemaProps source, string path, ValueCheck check)
    {
        void Add(string rule, double bound) => check.Errors.Invalid(At(path), Shown(number), $"{path} in body should be {rule} {Bound(number, bound)}");

        if (source.MultipleOf is { } factor && !IsMultiple(number, factor))
        {
            Add("a multiple of", factor);
        }

        if (source.Minimum is { } min && Compare(number, min) is var low && (source.ExclusiveMinimum ? low <= 0 : low < 0))
        {
            Add(source.ExclusiveMinimum ? "greater than" : "greater than or equal to", min);
        }

        if (source.Maximum is { } max && Compare(number, max) is var high && (source.ExclusiveMaximum ? high >= 0 : high > 0))
        {
            Add(source.ExclusiveMaximum ? "less than" : "less than or equal to", max);
        }

        check.Count();
    }

    // Whole numbers are compared as such, with bounds cut to whole ones.
    private static int Compare(JsonNumber number, double bound) => number.IsInteger ? number.Integer.CompareTo(Whole(bound)) : number.Real.CompareTo(bound);

    private static bool IsMultiple(JsonNumber number, double factor)
    {
        if (number.IsInteger && Whole(factor) is not 0 and var whole)
        {
            // The one quotient that does not fit is a whole number as well.
            return whole == -1 || number.Integer % whole == 0;
        }

        // Small steps have a reciprocal with less error than themselves: 0.3 is three times 0.1.
        var quotient = factor < 1 ? 1 / factor * number.Real : number.Real / factor;
        return Math.Abs(quotient) <= SafeInteger && IsWhole(quotient);
    }

    // Up to a rounding error above a whole number.
    private static bool IsWhole(double quotient)
    {
        var (whole, size) = (Math.Truncate(quotient), Math.Abs(quotient));
        return whole.Equals(quotient) || (whole != 0 && Math.Abs(quotient - whole) / (size + Math.Abs(whole)) < RelativeError);
    }

    private static long Whole(double bound) => bound >= long.MaxValue ? long.MaxValue : bound <= long.MinValue ? long.MinValue : (long)bound;

    private static object Shown(JsonNumber number) => number.IsInteger ? number.Integer : new Verbatim(GoFloat.Format(number.Real));

    private static string Bound(JsonNumber number, double bound) => number.IsInteger ? Whole(bound).ToString(CultureInfo.InvariantCulture) : GoFloat.Format(bound);

    private static void CheckList(JsonList list, JsonList? old, StructuralSchema schema, string path, ValueCheck check)
    {
        if (schema.Items is { } items)
        {
            var before = ListCorrelation.Of(old, schema);
            for (var i = 0; i < list.Count; i++)
            {
                check.Merge(Check(list[i], before.Find(list[i]), items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")));
            }
        }

        var source = schema.Source;
        if (source.MinItems is { } min && list.Count < min)
        {
            check.Errors.Invalid(At(path), list.Count, string.Create(CultureInfo.InvariantCulture, $"{path} in body should have at least {min} items"));
        }

        if (source.MaxItems is { } max && list.Count > max)
        {
            check.Errors.TooMany(At(path), list.Count, (int)Math.Clamp(max, 0, int.MaxValue));
        }

        check.Count();
    }

    private static void CheckEnum(JsonTree value, JSONSchemaProps source, string path, ValueCheck check)
    {
        if (source.Enum.Count > 0 && !source.Enum.Any(allowed => IsSame(value, allowed)))
        {
            check.Errors.NotSupported(At(path), ShownAny(value), source.Enum.Select(static allowed => allowed is JsonText text ? text.Value : allowed.ToString()));
        }
        else
        {
            check.Count();
        }
    }

    private static bool IsSame(JsonTree value, JsonTree allowed) =>
        value is JsonNumber given && allowed is JsonNumber known ? given.Real.Equals(known.Real) : value.Equals(allowed);

    private static object? ShownAny(JsonTree value) => value switch
    {
        JsonText text => text.Value,
        JsonNumber number => Shown(number),
        JsonBoolean flag => flag.Equals(JsonBoolean.True),
        JsonNull => null,
        _ => new Verbatim(value.ToString()),
    };

    private static void CheckMap(JsonMap map, JsonMap? old, StructuralSchema schema, string path, ValueCheck check)
    {
        var source = schema.Source;
        if (source.MinProperties is { } min && map.Count < min)
        {
            check.Errors.Invalid(At(path), map.Count, string.Create(CultureInfo.InvariantCulture, $"{path} in body should have at least {min} properties"));
            return;
        }

        if (source.MaxProperties is { } max && map.Count > max)
        {
            check.Errors.TooMany(At(path), map.Count, (int)Math.Clamp(max, 0, int.MaxValue));
            return;
        }

        foreach (var (name, value) in map.Span.ToArray().OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            if (schema.Child(name) is { } child)
            {
                check.Merge(Check(value, old?.Find(name), child, path.Length == 0 ? name : path + "." + name));
            }
        }

        foreach (var name in source.Required.Where(name => !map.ContainsKey(name)))
        {
            check.Errors.Required(At(path.Length == 0 ? name : path + "." + name));
        }

        check.Count();
    }

    private static FieldPath At(string path) => path.Length == 0 ? Nowhere : FieldPath.Root.Child(path);
}
