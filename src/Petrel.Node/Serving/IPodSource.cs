using Petrel.Api.Core;

namespace Petrel.Node.Serving;

/// <summary>The pods that this node has been given, with the status that it gives them.</summary>
public interface IPodSource
{
    IReadOnlyList<Pod> List();
}
