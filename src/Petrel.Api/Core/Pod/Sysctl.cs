using System.Text.RegularExpressions;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.Sysctl")]
public sealed partial record Sysctl
{
    /// <summary>Name of the parameter.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Its value.</summary>
    [Field(2, Required = true, Always = true)]
    public string Value { get; init; } = "";

    private const string Pattern = @"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

    internal static void ValidateAll(ApiList<Sysctl> sysctls, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sysctls.Count; i++)
        {
            sysctls[i].Validate(names, spec, path.Index(i).Child("name"), errors);
        }
    }

    private void Validate(HashSet<string> names, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var dotted = WithDots(Name);
        if (Name.Length == 0)
        {
            errors.Required(path);
        }
        else if (NameFormats.Bytes(Name) > 253 || !Grammar().IsMatch(Name))
        {
            errors.Invalid(path, Name, $"must have at most 253 characters and match regex {Pattern}");
        }
        else if (!names.Add(dotted))
        {
            errors.Duplicate(path, Name);
        }

        // Of a namespace that the pod shares with the host.
        if (spec.HostNetwork && dotted.StartsWith("net.", StringComparison.Ordinal))
        {
            errors.Invalid(path, Name, "may not be specified when 'hostNetwork' is true");
        }

        if (spec.HostIPC && (IsOfIpc(dotted) || dotted.StartsWith("fs.mqueue.", StringComparison.Ordinal)))
        {
            errors.Invalid(path, Name, "may not be specified when 'hostIPC' is true");
        }
    }

    private static bool IsOfIpc(string name) => name == "kernel.sem"
        || name.StartsWith("kernel.shm", StringComparison.Ordinal) || name.StartsWith("kernel.msg", StringComparison.Ordinal);

    // Where a slash comes first, slashes separate and dots are part of a name.
    private static string WithDots(string name)
    {
        var first = name.AsSpan().IndexOfAny('.', '/');
        return first < 0 || name[first] == '.' ? name : string.Create(name.Length, name, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = source[i] switch { '/' => '.', '.' => '/', var other => other };
            }
        });
    }

    [GeneratedRegex(@"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
