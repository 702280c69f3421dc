using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1beta2.DeviceToleration")]
public sealed partial record DeviceToleration
{
    /// <summary>Key of the taints; all keys when empty, and then the operator is Exists.</summary>
    [Field(1)]
    public string Key { get; init; } = "";

    /// <summary>Exists or Equal.</summary>
    [Field(2, Default = "\"Equal\"", Enum = ["Equal", "Exists"])]
    public string Operator { get; init; } = "";

    /// <summary>Value of the taints; empty for Exists.</summary>
    [Field(3)]
    public string Value { get; init; } = "";

    /// <summary>Effect of the taints; all effects when empty.</summary>
    [Field(4, Enum = ["NoExecute", "NoSchedule"])]
    public string Effect { get; init; } = "";

    /// <summary>How long a NoExecute taint is tolerated; for ever when left out.</summary>
    [Field(5)]
    public long? TolerationSeconds { get; init; }

    internal DeviceToleration WithDefaults() => Operator.Length > 0 ? this : this with { Operator = "Equal" };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Key.Length > 0)
        {
            LabelValidation.ValidateKey(Key, path.Child("key"), errors);
        }

        switch (Operator)
        {
            case "Exists" when Value.Length > 0:
                errors.Invalid(path.Child("value"), Value, "must be empty for operator `Exists`");
                break;
            case "Exists":
                break;
            case "Equal":
                errors.InvalidAll(path.Child("value"), Value, NameFormats.LabelValue(Value));
                break;
            case "":
                errors.Required(path.Child("operator"));
                break;
            default:
                errors.NotSupported(path.Child("operator"), Operator, ["Equal", "Exists"]);
                break;
        }

        if (Effect.Length > 0)
        {
            errors.OneOf(path.Child("effect"), Effect, DeviceTaint.Effects);
        }
    }
}
