using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeProjection")]
public sealed partial record VolumeProjection
{
    /// <summary>Keys of a secret.</summary>
    [Field(1)]
    public SecretProjection? Secret { get; init; }

    /// <summary>Fields of the pod.</summary>
    [Field(2)]
    public DownwardAPIProjection? DownwardAPI { get; init; }

    /// <summary>Keys of a config map.</summary>
    [Field(3)]
    public ConfigMapProjection? ConfigMap { get; init; }

    /// <summary>A token of the pod's service account.</summary>
    [Field(4)]
    public ServiceAccountTokenProjection? ServiceAccountToken { get; init; }

    /// <summary>Certificates of trust bundles.</summary>
    [Field(5)]
    public ClusterTrustBundleProjection? ClusterTrustBundle { get; init; }

    internal VolumeProjection WithDefaults() => this with
    {
        DownwardAPI = DownwardAPI?.WithDefaults(),
        ServiceAccountToken = ServiceAccountToken?.WithDefaults(),
    };

    /// <param name="files">Paths that the sources before this one write.</param>
    internal void Validate(HashSet<string> files, FieldPath volumePath, FieldPath path, FieldErrors errors)
    {
        if (Secret is not null)
        {
            ValidateItems(Secret.Name, Secret.Items, files, volumePath, path.Child("secret"), errors);
        }

        if (ConfigMap is not null)
        {
            ValidateItems(ConfigMap.Name, ConfigMap.Items, files, volumePath, path.Child("configMap"), errors);
        }

        foreach (var file in DownwardAPI?.Items ?? default)
        {
            file.Validate(path.Child("downwardAPI"), errors);
            AddFile(file.Path, file.Path, files, volumePath, errors);
        }

        if (ServiceAccountToken is { } token)
        {
            token.Validate(path.Child("serviceAccountToken"), errors);
            AddFile(token.Path, token.Path, files, volumePath, errors);
        }

        var sources = new object?[] { Secret, DownwardAPI, ConfigMap, ServiceAccountToken, ClusterTrustBundle };
        if (sources.Count(static source => source is not null) > 1)
        {
            errors.Forbidden(path, "may not specify more than 1 volume type per source");
        }
    }

    private static void ValidateItems(string name, ApiList<KeyToPath> items, HashSet<string> files, FieldPath volumePath, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("name"), name);
        for (var i = 0; i < items.Count; i++)
        {
            items[i].Validate(path.Child("items").Index(i), errors);
            AddFile(items[i].Path, name, files, volumePath, errors);
        }
    }

    private static void AddFile(string file, string shown, HashSet<string> files, FieldPath path, FieldErrors errors)
    {
        if (file.Length != 0 && !files.Add(file))
        {
            errors.Invalid(path, shown, "conflicting duplicate paths");
        }
    }
}
