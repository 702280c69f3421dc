using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ResourceFieldSelector", MapType = "atomic")]
public sealed partial record ResourceFieldSelector
{
    /// <summary>The container; needed in volumes.</summary>
    [Field(1)]
    public string ContainerName { get; init; } = "";

    /// <summary>E.g. limits.cpu or requests.memory.</summary>
    [Field(2, Required = true, Always = true)]
    public string Resource { get; init; } = "";

    /// <summary>Unit in which the value is shown; 1 when left out.</summary>
    [Field(3, Always = true)]
    public Quantity Divisor { get; init; }

    private static readonly string[] Resources =
        ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

    private static readonly string[] ByteDivisors = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

    internal void Validate(bool isInVolume, FieldPath path, FieldErrors errors)
    {
        if (isInVolume && ContainerName.Length == 0)
        {
            errors.Required(path.Child("containerName"));
        }
        else if (Resource.Length == 0)
        {
            errors.Required(path.Child("resource"));
        }
        else if (!Resources.Contains(Resource) && !IsHugePages)
        {
            errors.NotSupported(path.Child("resource"), Resource, Resources);
        }

        ValidateDivisor(path.Child("divisor"), errors);
    }

    private bool IsHugePages =>
        Resource.StartsWith("limits." + ResourceNames.HugePagesPrefix, StringComparison.Ordinal) || Resource.StartsWith("requests." + ResourceNames.HugePagesPrefix, StringComparison.Ordinal);

    private void ValidateDivisor(FieldPath path, FieldErrors errors)
    {
        if (Divisor.IsZero)
        {
            return;
        }

        var text = Divisor.ToString();
        if (Resource is "limits.cpu" or "requests.cpu")
        {
            if (text is not ("1m" or "1"))
            {
                errors.Invalid(path, Resource, "only divisor's values 1m and 1 are supported with the cpu resource");
            }

            return;
        }

        var kind = IsHugePages ? "hugepages" : Resource.EndsWith(".memory", StringComparison.Ordinal) ? "memory" : "local ephemeral storage";
        if ((IsHugePages || Resources.Contains(Resource)) && !ByteDivisors.Contains(text))
        {
            errors.Invalid(path, Resource, $"only divisor's values {string.Join(", ", ByteDivisors)} are supported with the {kind} resource");
        }
    }
}
