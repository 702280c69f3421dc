using System.Globalization;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

/// <summary>Rules that the kinds of dynamic resource allocation share.</summary>
internal static class DeviceRules
{
    internal const int ConfigurationsMax = 32;

    internal const int RequestsMax = 32;

    private const int DomainBytesMax = 63;

    private const int IdentifierBytesMax = 32;

    private const int PoolNameBytesMax = 253;

    /// <summary>What is said of a reference to a request that there is not.</summary>
    private const string NoRequest = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

    /// <summary>Which devices a request or a subrequest chooses, and how many.</summary>
    public static void Choice(
        string className, ApiList<DeviceSelector> selectors, string mode, long count, ApiList<DeviceToleration> tolerations, FieldPath path, FieldErrors errors)
    {
        DeviceClassName(className, path.Child("deviceClassName"), errors);
        DeviceSelector.ValidateAll(selectors, path.Child("selectors"), errors);
        AllocationModes.Validate(mode, count, path, errors);
        List(tolerations, null, static (toleration, place, found) => toleration.Validate(place, found), path.Child("tolerations"), errors);
    }

    /// <summary>A bound on what several lists hold together.</summary>
    /// <param name="what">What is counted, as in "attributes and capacities".</param>
    public static void NotMore(int count, int max, string what, FieldPath path, FieldErrors errors)
    {
        if (count > max)
        {
            errors.Invalid(path, count, string.Create(CultureInfo.InvariantCulture, $"the total number of {what} must not exceed {max}"));
        }
    }

    /// <summary>Every item, and not too many of them.</summary>
    public static void List<T>(ApiList<T> list, int? max, Action<T, FieldPath, FieldErrors> validate, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < list.Count; i++)
        {
            validate(list[i], path.Index(i), errors);
        }

        if (max is { } most && list.Count > most)
        {
            errors.TooMany(path, list.Count, most);
        }
    }

    /// <summary>A <see cref="List"/> in which no two items have the same key.</summary>
    /// <param name="keyName">Field that the duplicate is told of; empty for the item itself.</param>
    public static void Set<T>(
        ApiList<T> list, int? max, Action<T, FieldPath, FieldErrors> validate, Func<T, string> key, string keyName, FieldPath path, FieldErrors errors, bool isPlain = false)
    {
        List(list, max, validate, path, errors);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            if (!keys.Add(key(list[i])))
            {
                errors.Duplicate(keyName.Length == 0 ? path.Index(i) : path.Index(i).Child(keyName), isPlain ? new Verbatim(key(list[i])) : key(list[i]));
            }
        }
    }

    /// <summary>Every key and value of a map.</summary>
    /// <param name="keyBytesMax">Longer keys are shown with their middle left out.</param>
    public static void Map<T>(
        ApiMap<T> map, int keyBytesMax, Action<string, FieldPath, FieldErrors> validateKey, Action<T, FieldPath, FieldErrors>? validate, FieldPath path, FieldErrors errors)
    {
        foreach (var (key, value) in map)
        {
            var place = path.Key(Shortened(key, keyBytesMax));
            validateKey(key, place, errors);
            validate?.Invoke(value, place, errors);
        }
    }

    /// <summary>A map whose keys are names of attributes or capacities.</summary>
    public static void Named<T>(ApiMap<T> map, Action<T, FieldPath, FieldErrors>? validate, FieldPath path, FieldErrors errors) =>
        Map(map, DomainBytesMax + 1 + IdentifierBytesMax, QualifiedName, validate, path, errors);

    /// <summary>A map whose keys are names of counters.</summary>
    public static void Counters<T>(ApiMap<T> map, FieldPath path, FieldErrors errors)
    {
        if (map.IsEmpty)
        {
            errors.Required(path);
        }
        else
        {
            Map(map, DomainBytesMax, static (key, place, found) => found.DnsLabel(place, key), null, path, errors);
        }
    }

    /// <summary>Subdomains with slashes between.</summary>
    public static void PoolName(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
            return;
        }

        if (NameFormats.Bytes(name) > PoolNameBytesMax)
        {
            errors.TooLong(path, PoolNameBytesMax);
        }

        foreach (var part in name.Split('/'))
        {
            errors.DnsSubdomain(path, part);
        }
    }

    public static void DeviceClassName(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
        }
        else
        {
            errors.DnsSubdomain(path, name);
        }
    }

    /// <summary>An identifier of C, with an optional domain and slash before it.</summary>
    public static void QualifiedName(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path, "name required");
            return;
        }

        switch (name.Split('/'))
        {
            case [var id]:
                Identifier(id, path, errors);
                break;
            case [var domain, var id]:
                if (errors.NotEmpty(path, domain, "the domain must not be empty"))
                {
                    errors.DriverName(path, domain);
                }

                if (errors.NotEmpty(path, id, "the name must not be empty"))
                {
                    Identifier(id, path, errors);
                }

                break;
        }
    }

    /// <summary>A <see cref="QualifiedName"/> that has a domain.</summary>
    public static void FullyQualifiedName(string name, FieldPath path, FieldErrors errors)
    {
        QualifiedName(name, path, errors);
        if (name.Length > 0 && !name.Contains('/', StringComparison.Ordinal))
        {
            errors.Invalid(path, name, "must include a domain");
        }
    }

    /// <summary>A request of the claim, or one of its alternatives: <c>REQUEST/SUBREQUEST</c>.</summary>
    public static void RequestReference(string name, IReadOnlySet<string> requests, FieldPath path, FieldErrors errors)
    {
        var parts = name.Split('/');
        if (parts.Length > 2)
        {
            errors.Invalid(path, name, NoRequest);
            return;
        }

        foreach (var part in parts)
        {
            errors.DnsLabel(path, part);
        }

        if (!requests.Contains(name))
        {
            errors.Invalid(path, name, NoRequest);
        }
    }

    /// <summary>References to requests, none of them twice.</summary>
    public static void RequestReferences(ApiList<string> names, IReadOnlySet<string> requests, FieldPath path, FieldErrors errors) =>
        Set(names, RequestsMax, (name, place, found) => RequestReference(name, requests, place, found), static name => name, "", path, errors);

    private static void Identifier(string id, FieldPath path, FieldErrors errors)
    {
        if (NameFormats.Bytes(id) > IdentifierBytesMax)
        {
            errors.TooLong(path, IdentifierBytesMax);
        }

        if (id.Length == 0 || char.IsAsciiDigit(id[0]) || !id.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            errors.TypeInvalid(
                path,
                id,
                "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  "
                + "or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')");
        }
    }

    private static string Shortened(string text, int max)
    {
        const string Ellipsis = "...";
        var rest = max - Ellipsis.Length;
        return text.Length <= max ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, (rest + 1) / 2)}{Ellipsis}{text.AsSpan(text.Length - (rest / 2))}");
    }
}
