using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.Taint")]
public sealed partial record Taint
{
    /// <summary>Name of the taint.</summary>
    [Field(1, Required = true, Always = true)]
    public string Key { get; init; } = "";

    /// <summary>Value of the taint.</summary>
    [Field(2)]
    public string Value { get; init; } = "";

    /// <summary>NoSchedule keeps new pods away, PreferNoSchedule does so when there is another place, NoExecute ends running ones as well.</summary>
    [Field(3, Required = true, Always = true, Enum = ["NoExecute", "NoSchedule", "PreferNoSchedule"])]
    public string Effect { get; init; } = "";

    /// <summary>When it was set; for NoExecute.</summary>
    [Field(4)]
    public DateTimeOffset? TimeAdded { get; init; }

    internal static void ValidateAll(ApiList<Taint> taints, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<(string Key, string Effect)>();
        for (var i = 0; i < taints.Count; i++)
        {
            taints[i].Validate(path.Index(i), errors);
            if (!seen.Add((taints[i].Key, taints[i].Effect)))
            {
                errors.Duplicate(path.Index(i), taints[i].GoText, "taints must be unique by key and effect pair");
            }
        }
    }

    private void Validate(FieldPath path, FieldErrors errors)
    {
        LabelValidation.ValidateKey(Key, path.Child("key"), errors);
        var problems = string.Join(";", NameFormats.LabelValue(Value));
        if (problems.Length != 0)
        {
            errors.Invalid(path.Child("value"), Value, problems);
        }

        if (errors.NotEmpty(path.Child("effect"), Effect))
        {
            errors.OneOf(path.Child("effect"), Effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
        }
    }

    private Verbatim GoText => new(
        $"core.Taint{{Key:{GoSyntax.Quote(Key)}, Value:{GoSyntax.Quote(Value)}, Effect:{GoSyntax.Quote(Effect)}, TimeAdded:{(TimeAdded is { } time ? GoSyntax.Time(time).Text : "<nil>")}}}");
}
