using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.EnvVarSource")]
public sealed partial record EnvVarSource
{
    /// <summary>A field of the pod: metadata.name, metadata.namespace, metadata.uid, metadata.labels['KEY'], metadata.annotations['KEY'], spec.nodeName, spec.serviceAccountName, status.hostIP(s) or status.podIP(s).</summary>
    [Field(1)]
    public ObjectFieldSelector? FieldRef { get; init; }

    /// <summary>A resource limit or request of a container.</summary>
    [Field(2)]
    public ResourceFieldSelector? ResourceFieldRef { get; init; }

    /// <summary>A key of a config map.</summary>
    [Field(3)]
    public ConfigMapKeySelector? ConfigMapKeyRef { get; init; }

    /// <summary>A key of a secret.</summary>
    [Field(4)]
    public SecretKeySelector? SecretKeyRef { get; init; }

    internal EnvVarSource WithDefaults() => this with { FieldRef = FieldRef?.WithDefaults() };

    internal void Validate(string value, FieldPath path, FieldErrors errors)
    {
        FieldRef?.Validate(ObjectFieldSelector.EnvironmentFields, path.Child("fieldRef"), errors);
        ResourceFieldRef?.Validate(isInVolume: false, path.Child("resourceFieldRef"), errors);
        if (ConfigMapKeyRef is not null)
        {
            ValidateKey(ConfigMapKeyRef.Name, ConfigMapKeyRef.Key, path.Child("configMapKeyRef"), errors);
        }

        if (SecretKeyRef is not null)
        {
            ValidateKey(SecretKeyRef.Name, SecretKeyRef.Key, path.Child("secretKeyRef"), errors);
        }

        var sources = new object?[] { FieldRef, ResourceFieldRef, ConfigMapKeyRef, SecretKeyRef }.Count(static source => source is not null);
        if (sources == 0)
        {
            errors.Invalid(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        }

        if (value.Length != 0 && sources != 0)
        {
            errors.Invalid(path, "", "may not be specified when `value` is not empty");
        }
        else if (value.Length == 0 && sources > 1)
        {
            errors.Invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static void ValidateKey(string name, string key, FieldPath path, FieldErrors errors)
    {
        errors.DnsSubdomain(path.Child("name"), name);
        if (errors.NotEmpty(path.Child("key"), key))
        {
            errors.InvalidAll(path.Child("key"), key, NameFormats.ConfigKey(key));
        }
    }
}
