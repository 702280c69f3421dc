using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerResizePolicy")]
public sealed partial record ContainerResizePolicy
{
    /// <summary>cpu or memory.</summary>
    [Field(1, Required = true, Always = true)]
    public string ResourceName { get; init; } = "";

    /// <summary>NotRequired (when left out) or RestartContainer.</summary>
    [Field(2, Required = true, Always = true)]
    public string RestartPolicy { get; init; } = "";

    internal static void ValidateAll(ApiList<ContainerResizePolicy> policies, string podRestartPolicy, FieldPath path, FieldErrors errors)
    {
        var resources = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < policies.Count; i++)
        {
            var policy = policies[i];
            if (!resources.Add(policy.ResourceName))
            {
                errors.Duplicate(path.Index(i), policy.ResourceName);
            }

            if (errors.NotEmpty(path, policy.ResourceName))
            {
                errors.OneOf(path, policy.ResourceName, "cpu", "memory");
            }

            if (errors.NotEmpty(path, policy.RestartPolicy))
            {
                errors.OneOf(path, policy.RestartPolicy, "NotRequired", "RestartContainer");
            }

            if (podRestartPolicy == "Never" && policy.RestartPolicy != "NotRequired")
            {
                errors.Invalid(path, policy.RestartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'");
            }
        }
    }

    internal static Verbatim GoText(ApiList<ContainerResizePolicy> policies) => new("[]core.ContainerResizePolicy{" + string.Join(
        ", ",
        policies.Select(static policy => $"core.ContainerResizePolicy{{ResourceName:{GoSyntax.Quote(policy.ResourceName)}, RestartPolicy:{GoSyntax.Quote(policy.RestartPolicy)}}}")) + "}");
}
