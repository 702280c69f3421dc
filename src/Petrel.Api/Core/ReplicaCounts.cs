using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>What a controller says of its replicas: no number is negative, and none is greater than what it is a part of.</summary>
internal static class ReplicaCounts
{
    public static void Validate(int replicas, int fullyLabeled, int ready, int available, long observedGeneration, FieldPath path, FieldErrors errors)
    {
        errors.NonNegative(path.Child("replicas"), replicas);
        errors.NonNegative(path.Child("fullyLabeledReplicas"), fullyLabeled);
        errors.NonNegative(path.Child("readyReplicas"), ready);
        errors.NonNegative(path.Child("availableReplicas"), available);
        errors.NonNegative(path.Child("observedGeneration"), observedGeneration);
        foreach (var (count, field) in new[] { (fullyLabeled, "fullyLabeledReplicas"), (ready, "readyReplicas"), (available, "availableReplicas") })
        {
            if (count > replicas)
            {
                errors.Invalid(path.Child(field), count, "cannot be greater than status.replicas");
            }
        }

        if (available > ready)
        {
            errors.Invalid(path.Child("availableReplicas"), available, "cannot be greater than readyReplicas");
        }
    }
}
