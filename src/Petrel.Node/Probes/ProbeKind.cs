namespace Petrel.Node.Probes;

/// <summary>What a probe of a container is for.</summary>
public enum ProbeKind
{
    /// <summary>The container has begun its work; until then the others do not run. Its failure restarts the container.</summary>
    Startup,

    /// <summary>Its failure restarts the container.</summary>
    Liveness,

    /// <summary>Its failure takes the pod out of services.</summary>
    Readiness,
}
