using System.Runtime.CompilerServices;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Schemas;

/// <summary>Whether the schemas of a definition are structural. New ones must be; older ones may have been stored before that was asked for.</summary>
public static class DefinitionStructure
{
    private static readonly ConditionalWeakTable<CustomResourceDefinitionSpec, Tuple<(string Reason, string Message)?>> Known = [];

    /// <summary>What is wrong, as the condition NonStructuralSchema tells it; null when nothing is.</summary>
    public static (string Reason, string Message)? ProblemOf(CustomResourceDefinitionSpec spec) => Known.GetValue(spec, static known => Tuple.Create(Find(known))).Item1;

    private static (string Reason, string Message)? Find(CustomResourceDefinitionSpec spec)
    {
        var (errors, path) = (new FieldErrors(), FieldPath.Root.Child("spec"));
        if (spec.PreserveUnknownFields)
        {
            errors.Invalid(path.Child("preserveUnknownFields"), true, "must be false");
        }

        for (var i = 0; i < spec.Versions.Count; i++)
        {
            if (spec.Versions[i].Validation?.OpenAPIV3Schema is not { } schema)
            {
                continue;
            }

            if (StructuralRules.UnsupportedKeyword(schema) is { } unsupported)
            {
                return ("StructuralError", $"failed to check validation schema for version {spec.Versions[i].Name}: {unsupported}");
            }

            StructuralRules.Validate(schema, path.Child("versions").Index(i).Child("schema", "openAPIV3Schema"), errors);
        }

        return errors.Count == 0 ? null : ("Violations", errors.Aggregate());
    }
}
