using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodTemplateSpec")]
public sealed partial record PodTemplateSpec
{
    /// <summary>Labels and annotations of the pods.</summary>
    [Field(1, Always = true)]
    public ObjectMeta Metadata { get; init; } = ObjectMeta.Empty;

    /// <summary>The pods.</summary>
    [Field(2, Always = true)]
    public PodSpec Spec { get; init; } = PodSpec.Empty;

    internal PodTemplateSpec WithDefaults() => this with { Spec = Spec.WithDefaults() };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        LabelValidation.ValidateLabels(Metadata.Labels, path.Child("labels"), errors);
        ObjectMetaValidation.ValidateAnnotations(Metadata.Annotations, path.Child("annotations"), errors);
        PodAnnotations.Validate(Metadata.Annotations, Spec, path.Child("annotations"), errors);
        PodSpecValidation.Validate(Spec, null, path.Child("spec"), errors);
        SeccompAnnotations.ValidateMatch(Metadata.Annotations, Spec, path.Child("spec"), errors);
        if (!Spec.EphemeralContainers.IsEmpty)
        {
            errors.Forbidden(path.Child("spec", "ephemeralContainers"), "ephemeral containers not allowed in pod template");
        }
    }

    /// <summary>A template of pods that are kept running, which the selector finds again.</summary>
    /// <param name="owner">Kind that keeps the pods running, as messages name it.</param>
    internal void ValidateForReplicas(LabelSelector? selector, FieldPath path, FieldErrors errors, string owner = "ReplicaSet")
    {
        if (selector is null || !selector.Matches(Metadata.Labels))
        {
            errors.Invalid(path.Child("metadata", "labels"), GoSyntax.Map(Metadata.Labels), "`selector` does not match template `labels`");
        }

        Validate(path, errors);
        errors.OneOf(path.Child("spec", "restartPolicy"), Spec.RestartPolicy, "Always");
        if (Spec.ActiveDeadlineSeconds is not null)
        {
            errors.Forbidden(path.Child("spec", "activeDeadlineSeconds"), $"activeDeadlineSeconds in {owner} is not Supported");
        }
    }

    /// <summary>The selector of an object with replicas, and its template where the selector can be evaluated.</summary>
    internal static void ValidateWithSelector(PodTemplateSpec template, LabelSelector? selector, FieldPath path, FieldErrors errors)
    {
        var before = errors.Count;
        if (selector is null)
        {
            errors.Required(path.Child("selector"));
        }
        else
        {
            selector.Validate(path.Child("selector"), errors);
            if (errors.Count == before && selector.MatchLabels.IsEmpty && selector.MatchExpressions.IsEmpty)
            {
                errors.Invalid(path.Child("selector"), GoSyntax.LabelSelector(selector), "empty selector is invalid for deployment");
            }
        }

        if (selector?.IsValid == false)
        {
            errors.Invalid(path.Child("selector"), GoSyntax.LabelSelector(selector), "invalid label selector");
        }
        else
        {
            template.ValidateForReplicas(selector, path.Child("template"), errors);
        }
    }
}
