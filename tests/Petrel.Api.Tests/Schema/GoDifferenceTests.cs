using Petrel.Api.Core;
using Petrel.Api.Schema.GoDifferences;

namespace Petrel.Api.Tests.Schema;

/// <summary>Reports of forbidden changes, in the layout that upstream's answers have.</summary>
public sealed class GoDifferenceTests
{
    private static readonly PersistentVolumeClaimSpec Claim = new()
    {
        AccessModes = ["ReadWriteOnce"],
        Resources = new() { Requests = ApiMap.FromPairs(("storage", Quantity.Parse("1Gi"))) },
        StorageClassName = "none",
        VolumeMode = "Filesystem",
    };

    [Fact]
    public void A_field_of_one_value_is_shown_old_and_new_with_two_neighbours() => Assert.Equal(
        """
          core.PersistentVolumeClaimSpec{
          	... // 2 identical fields
          	Resources:        {Requests: {s"storage": {i: {...}, s: "1Gi", Format: "BinarySI"}}},
          	VolumeName:       "",
        - 	StorageClassName: &"none",
        + 	StorageClassName: &"other",
          	VolumeMode:       &"Filesystem",
          	DataSource:       nil,
          	... // 2 identical fields
          }

        """,
        GoDifference.Of(Claim, Claim with { StorageClassName = "other" }));

    [Fact]
    public void A_long_value_has_lines_of_its_own() => Assert.Equal(
        """
          core.PersistentVolumeClaimSpec{
          	AccessModes: {"ReadWriteOnce"},
          	Selector:    nil,
          	Resources: core.VolumeResourceRequirements{
          		Limits: nil,
        - 		Requests: core.ResourceList{
        - 			s"storage": {i: resource.int64Amount{value: 1073741824}, s: "1Gi", Format: "BinarySI"},
        - 		},
        + 		Requests: core.ResourceList{
        + 			s"storage": {i: resource.int64Amount{value: 2147483648}, s: "2Gi", Format: "BinarySI"},
        + 		},
          	},
          	VolumeName:       "",
          	StorageClassName: &"none",
          	... // 4 identical fields
          }

        """,
        GoDifference.Of(Claim, Claim with { Resources = new() { Requests = ApiMap.FromPairs(("storage", Quantity.Parse("2Gi"))) } }));

    [Fact]
    public void What_was_nil_is_shown_whole() => Assert.Equal(
        """
          core.PersistentVolumeClaimSpec{
          	AccessModes: {"ReadWriteOnce"},
        - 	Selector:    nil,
        + 	Selector:    s"&LabelSelector{MatchLabels:map[string]string{a: b,},MatchExpressions:[]LabelSelectorRequirement{},}",
          	Resources:   {Requests: {s"storage": {i: {...}, s: "1Gi", Format: "BinarySI"}}},
          	VolumeName:  "",
          	... // 5 identical fields
          }

        """,
        GoDifference.Of(Claim, Claim with { Selector = new() { MatchLabels = ApiMap.FromPairs(("a", "b")) } }));

    [Fact]
    public void Changes_inside_lists_are_shown_where_they_are()
    {
        var pod = new PodSpec
        {
            Containers = [new Container { Name = "a", Image = "b", Env = [new EnvVar { Name = "X", Value = "1" }] }],
            RestartPolicy = "Always",
            SecurityContext = new(),
            HostNetwork = true,
        };
        Assert.Equal(
            """
              core.PodSpec{
              	Volumes:        nil,
              	InitContainers: nil,
              	Containers: []core.Container{
              		{
              			... // 5 identical fields
              			Ports:   nil,
              			EnvFrom: nil,
              			Env: []core.EnvVar{
              				{
              					Name:      "X",
            - 					Value:     "1",
            + 					Value:     "2",
              					ValueFrom: nil,
              				},
            + 				{Name: "Y"},
              			},
              			Resources:    {},
              			ResizePolicy: nil,
              			... // 14 identical fields
              		},
              	},
              	EphemeralContainers:           nil,
            - 	RestartPolicy:                 "Always",
            + 	RestartPolicy:                 "Never",
              	TerminationGracePeriodSeconds: nil,
              	ActiveDeadlineSeconds:         nil,
              	... // 3 identical fields
              	AutomountServiceAccountToken: nil,
              	NodeName:                     "",
              	SecurityContext: &core.PodSecurityContext{
            - 		HostNetwork: true,
            + 		HostNetwork: false,
              		HostPID:     false,
              		HostIPC:     false,
              		... // 15 identical fields
              	},
              	ImagePullSecrets: nil,
              	Hostname:         "",
              	... // 19 identical fields
              }

            """,
            GoDifference.Of(pod, pod with { RestartPolicy = "Never", HostNetwork = false, Containers = [pod.Containers[0] with { Env = [new EnvVar { Name = "X", Value = "2" }, new EnvVar { Name = "Y" }] }] }));
    }
}
