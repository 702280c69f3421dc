using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.EnvVar")]
public sealed partial record EnvVar
{
    /// <summary>Name of the variable.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Its value; $(NAME) is replaced by variables before it, $$ stands for $.</summary>
    [Field(2)]
    public string Value { get; init; } = "";

    /// <summary>Where its value comes from; instead of value.</summary>
    [Field(3)]
    public EnvVarSource? ValueFrom { get; init; }

    internal EnvVar WithDefaults() => ValueFrom is null ? this : this with { ValueFrom = ValueFrom.WithDefaults() };

    internal static void ValidateAll(ApiList<EnvVar> variables, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < variables.Count; i++)
        {
            variables[i].Validate(path.Index(i), errors);
        }
    }

    private void Validate(FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("name"), Name))
        {
            errors.InvalidAll(path.Child("name"), Name, NameFormats.EnvironmentName(Name));
        }

        ValueFrom?.Validate(Value, path.Child("valueFrom"), errors);
    }
}
