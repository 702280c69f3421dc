using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>What upstream says about persistent volumes that are accepted, but use what will go or does not work any more.</summary>
internal static class PersistentVolumeWarnings
{
    public static IEnumerable<string> Of(PersistentVolume volume)
    {
        if (volume.Metadata.Annotations.ContainsKey(PersistentVolumeClaim.ClassAnnotation))
        {
            yield return PersistentVolumeClaim.ClassAnnotationWarning;
        }

        var (path, spec) = (FieldPath.Root.Child("spec"), volume.Spec);
        if (spec.PersistentVolumeReclaimPolicy == "Recycle")
        {
            yield return $"{path.Child("persistentVolumeReclaimPolicy")}: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.";
        }

        foreach (var warning in OfAffinity(spec.NodeAffinity, path.Child("nodeAffinity", "required").Child("nodeSelectorTerms")))
        {
            yield return warning;
        }

        foreach (var (source, field, since, until) in new (object?, string, string, string)[]
        {
            (spec.Cephfs, "cephfs", "v1.28", "v1.31"),
            (spec.PhotonPersistentDisk, "photonPersistentDisk", "v1.11", "v1.16"),
            (spec.ScaleIO, "scaleIO", "v1.16", "v1.22"),
            (spec.Storageos, "storageOS", "v1.22", "v1.25"),
            (spec.Glusterfs, "glusterfs", "v1.25", "v1.26"),
            (spec.Rbd, "rbd", "v1.28", "v1.31"),
        })
        {
            if (source is not null)
            {
                yield return $"{path.Child(field)}: deprecated in {since}, non-functional in {until}+";
            }
        }
    }

    private static IEnumerable<string> OfAffinity(VolumeNodeAffinity? affinity, FieldPath path)
    {
        var terms = affinity?.Required?.NodeSelectorTerms ?? default;
        for (var i = 0; i < terms.Count; i++)
        {
            for (var j = 0; j < terms[i].MatchExpressions.Count; j++)
            {
                var key = terms[i].MatchExpressions[j].Key;
                if (NodeLabelNames.Deprecation(key) is { } deprecation)
                {
                    yield return $"{path.Index(i).Child("matchExpressions").Index(j).Child("key")}: {key} is {deprecation}";
                }
            }
        }
    }
}
