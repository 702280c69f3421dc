using Petrel.Api.Autoscaling;

namespace Petrel.Api.Resources;

/// <summary>A kind with a scale subresource (autoscaling/v1 Scale).</summary>
public interface IHasScale
{
    Scale ToScale();

    /// <summary>This object with the scale's replica count.</summary>
    ApiObject WithScale(Scale scale);
}
