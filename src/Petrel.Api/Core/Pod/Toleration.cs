using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.Toleration")]
public sealed partial record Toleration
{
    /// <summary>Name of the taint; all of them when empty, with Exists.</summary>
    [Field(1)]
    public string Key { get; init; } = "";

    /// <summary>Equal (when left out) compares the value, Exists does not.</summary>
    [Field(2, Enum = ["Equal", "Exists"])]
    public string Operator { get; init; } = "";

    /// <summary>Value of the taint.</summary>
    [Field(3)]
    public string Value { get; init; } = "";

    /// <summary>Effect of the taint; all when empty.</summary>
    [Field(4, Enum = ["NoExecute", "NoSchedule", "PreferNoSchedule"])]
    public string Effect { get; init; } = "";

    /// <summary>Seconds for which a NoExecute taint is borne; for ever when left out.</summary>
    [Field(5)]
    public long? TolerationSeconds { get; init; }

    internal static void ValidateAll(ApiList<Toleration> tolerations, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < tolerations.Count; i++)
        {
            tolerations[i].Validate(path.Index(i), errors);
        }
    }

    private void Validate(FieldPath path, FieldErrors errors)
    {
        if (Key.Length != 0)
        {
            LabelValidation.ValidateKey(Key, path.Child("key"), errors);
        }
        else if (Operator != "Exists")
        {
            errors.Invalid(path.Child("operator"), Operator, "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }

        if (TolerationSeconds is not null && Effect != "NoExecute")
        {
            errors.Invalid(path.Child("effect"), Effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }

        ValidateValue(path.Child("operator"), errors);
        if (Effect.Length != 0)
        {
            errors.OneOf(path.Child("effect"), Effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
        }
    }

    private void ValidateValue(FieldPath path, FieldErrors errors)
    {
        switch (Operator)
        {
            case "Equal" or "":
                var problems = string.Join(";", NameFormats.LabelValue(Value));
                if (problems.Length != 0)
                {
                    errors.Invalid(path, Value, problems);
                }

                break;
            case "Exists" when Value.Length != 0:
                errors.Invalid(path, GoText, "value must be empty when `operator` is 'Exists'");
                break;
            case not "Exists":
                errors.NotSupported(path, Operator, ["Equal", "Exists"]);
                break;
        }
    }

    internal Verbatim GoText => new(
        $"core.Toleration{{Key:{GoSyntax.Quote(Key)}, Operator:{GoSyntax.Quote(Operator)}, Value:{GoSyntax.Quote(Value)}, Effect:{GoSyntax.Quote(Effect)}, TolerationSeconds:{GoSyntax.Pointer("int64", TolerationSeconds)}}}");
}
