namespace Petrel.ApiServer.Admission;

/// <summary>What is being done to the object (admission.k8s.io Operation).</summary>
public enum AdmissionOperation
{
    Create,
    Update,
    Delete,
    Connect,
}
