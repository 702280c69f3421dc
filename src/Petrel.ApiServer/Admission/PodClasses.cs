using Petrel.Api.RuntimeClasses;
using Petrel.Api.Scheduling;

namespace Petrel.ApiServer.Admission;

/// <summary>The classes that pods name in their specs.</summary>
internal sealed class PodClasses
{
    public ObjectIndex<PriorityClass> Priorities { get; } = new();

    public ObjectIndex<RuntimeClass> Runtimes { get; } = new();
}
